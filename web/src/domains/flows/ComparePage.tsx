import { Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useParams, useSearchParams } from "react-router";

import { PageFrame, Section } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";

import { focusOn } from "./canvas/focus";
import type { Mark } from "./canvas/context";
import type { Instance } from "./canvas/FlowCanvas";
import { compareTexts } from "./compareTexts";
import { FlowPicture } from "./FlowPicture";
import { texts } from "./texts";
import { type Comparison, type FlowDocument, say } from "./types";

/** Two versions side by side, what is new, changed and gone marked on both. */
export default function ComparePage(): ReactNode {
  const t = texts.use();
  const c = compareTexts.use();
  const key = useParams()["key"] ?? "";
  const [search, setSearch] = useSearchParams();
  const left = search.get("left") ?? "current";
  const right = search.get("right") ?? "draft";
  const flow = useRead("/api/flows/{key}", { path: { key } });
  const versions = useRead("/api/flows/{key}/versions", { path: { key } });
  const found = useRead("/api/flows/{key}/compare", { path: { key }, query: { left, right } });
  const options = [
    ...(flow.data?.draft ? [{ value: "draft", label: c("draft") }] : []),
    { value: "current", label: c("current") },
    ...(versions.data ?? []).map((row) => ({
      value: String(row.number),
      label: t("versionNo", { number: row.number }),
    })),
  ];
  const pick = (side: "left" | "right", value: string) =>
    setSearch({ left, right, [side]: value }, { replace: true });
  return (
    <PageFrame
      title={c("title", { name: say(flow.data?.name) })}
      purpose={c("purpose")}
      back={`/console/flows/${key}`}
      action={
        <>
          <Select
            aria-label={c("left")}
            value={left}
            options={options}
            onChange={(value) => pick("left", value)}
          />
          <span className="sn-faint">→</span>
          <Select
            aria-label={c("right")}
            value={right}
            options={options}
            onChange={(value) => pick("right", value)}
          />
        </>
      }
    >
      <Loaded query={found}>{(comparison) => <Sides found={comparison} />}</Loaded>
    </PageFrame>
  );
}

function marksOf(found: Comparison, fates: readonly string[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const one of found.nodes) if (fates.includes(one.fate)) marks.set(one.id, { fate: one.fate });
  for (const one of found.edges)
    if (fates.includes(one.fate)) marks.set(`edge:${one.id}`, { fate: one.fate });
  return marks;
}

function Sides({ found }: { found: Comparison }): ReactNode {
  const c = compareTexts.use();
  const [canvases, setCanvases] = useState<{ left?: Instance; right?: Instance }>({});
  const old = found.left as unknown as FlowDocument;
  const fresh = found.right as unknown as FlowDocument;
  const marks = useMemo(
    () => ({ left: marksOf(found, ["removed", "changed"]), right: marksOf(found, ["added", "changed"]) }),
    [found],
  );
  const show = (id: string) => {
    for (const canvas of [canvases.left, canvases.right]) if (canvas) focusOn(canvas, id);
  };
  return (
    <>
      <div className="fl-compare">
        {(["left", "right"] as const).map((side) => (
          <div key={side} className="fl-compare-side">
            <header>
              <b>{c(side)}</b>
            </header>
            <FlowPicture
              document={side === "left" ? old : fresh}
              marks={marks[side]}
              height="calc(100dvh - 330px)"
              onReady={(instance) => setCanvases((now) => ({ ...now, [side]: instance }))}
            />
          </div>
        ))}
      </div>
      <div className="fl-compare-list">
        <Section title={c("differences")}>
          <Differences found={found} old={old} fresh={fresh} onShow={show} />
        </Section>
      </div>
    </>
  );
}

interface DifferencesProps {
  found: Comparison;
  old: FlowDocument;
  fresh: FlowDocument;
  onShow: (id: string) => void;
}

function Differences({ found, old, fresh, onShow }: DifferencesProps): ReactNode {
  const t = texts.use();
  const c = compareTexts.use();
  const part = (field: string) => (field in compareTexts.pairs ? c(field as "name") : field);
  const nameOf = (id: string) => say([...fresh.nodes, ...old.nodes].find((node) => node.id === id)?.name);
  const ways = found.edges.length;
  if (found.nodes.length + ways + found.forms.length + found.document.length === 0) {
    return <Empty title={c("same")} />;
  }
  return (
    <ul className="fl-versions">
      {found.nodes.map((one) => (
        <li key={one.id}>
          <span className={`fl-fate-word-${one.fate}`}>{t(`fate_${one.fate}`)}</span>{" "}
          <button type="button" onClick={() => onShow(one.id)}>
            {nameOf(one.id)}
          </button>
          <span className="sn-soft">{(one.fields ?? []).map(part).join("、")}</span>
        </li>
      ))}
      {ways > 0 ? <li>{c("ways", { count: ways })}</li> : null}
      {found.forms.map((one) => (
        <li key={`form:${one.id}`}>
          {t(`fate_${one.fate}`)} {c("form")}：
          {say([...(fresh.forms ?? []), ...(old.forms ?? [])].find((form) => form.key === one.id)?.name)}
        </li>
      ))}
      {found.document.length > 0 ? (
        <li>{c("document", { parts: found.document.map(part).join("、") })}</li>
      ) : null}
    </ul>
  );
}
