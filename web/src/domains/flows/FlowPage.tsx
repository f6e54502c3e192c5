import { Button, Segmented, Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { Link, useParams } from "react-router";

import type { Mark } from "./canvas/context";
import { PageFrame, Section, Split } from "@/kit/desk/PageFrame";
import { duration } from "@/kit/format";
import { useLocale } from "@/kit/i18n";
import { Status } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";
import { useUnit } from "@/kit/unit";

import { FlowPicture } from "./FlowPicture";
import { texts } from "./texts";
import { type DefinitionRow, type FlowDocument, type NodeFigure, say } from "./types";
import { Versions } from "./Versions";

const PERIODS = [7, 30, 90];

/** One flow: its drawing with where runs stand and how long they stay, and all its versions. */
export default function FlowPage(): ReactNode {
  const key = useParams()["key"] ?? "";
  const flow = useRead("/api/flows/{key}", { path: { key } });
  return <Loaded query={flow}>{(row) => <Flow flow={row} />}</Loaded>;
}

function Flow({ flow }: { flow: DefinitionRow }): ReactNode {
  const t = texts.use();
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = chosen ?? flow.version_id ?? null;
  const design = (
    <Link to={`/console/flows/${flow.key}/design`}>
      <Button type="primary">{t(flow.may_design ? "design" : "view")}</Button>
    </Link>
  );
  return (
    <PageFrame
      title={say(flow.name)}
      purpose={t("readOnly")}
      back="/console/flows"
      mark={
        flow.draft ? (
          <Status tone="active">{t(flow.version_number ? "stateChanged" : "stateDraft")}</Status>
        ) : null
      }
      action={design}
    >
      <Split
        main={<Picture flow={flow} version={shown} />}
        side={
          <Section title={t("versions")} flush>
            <Versions flow={flow} shown={shown} onShow={setChosen} />
          </Section>
        }
      />
    </PageFrame>
  );
}

function Picture({ flow, version }: { flow: DefinitionRow; version: number | null }): ReactNode {
  const t = texts.use();
  const unit = useUnit();
  const [days, setDays] = useState(30);
  const [look, setLook] = useState<"heat" | "plain">("heat");
  const published = useRead("/api/flow-versions/{version_id}/document", {
    path: { version_id: version ?? 0 },
    enabled: version !== null,
  });
  const draft = useRead("/api/flows/{key}/draft", { path: { key: flow.key }, enabled: version === null });
  const figures = useRead("/api/flows/{key}/nodes", {
    path: { key: flow.key },
    query: { days, unit_id: unit.id },
  });
  const heat = look === "heat" ? figures.data : undefined;
  const marks = useMarks(heat);
  const document = (version === null ? draft.data?.document : published.data) as FlowDocument | undefined;
  return (
    <Section
      flush
      title={t("picture")}
      extra={
        <span className="fl-picture-tools">
          <Select
            size="small"
            aria-label={t("heat")}
            value={days}
            options={PERIODS.map((one) => ({ value: one, label: t("lastDays", { days: one }) }))}
            onChange={setDays}
          />
          <Segmented
            size="small"
            value={look}
            options={[
              { value: "heat", label: t("heat") },
              { value: "plain", label: t("plain") },
            ]}
            onChange={(next) => setLook(next as "heat" | "plain")}
          />
        </span>
      }
    >
      {heat && document ? <Says figures={heat} document={document} /> : null}
      <Loaded query={version === null ? draft : published}>
        {() =>
          document ? (
            <FlowPicture key={version} document={document} marks={marks} height="calc(100dvh - 250px)" />
          ) : null
        }
      </Loaded>
    </Section>
  );
}

/** What stands at each node, and how warm it is there: the longest mean stay is the hottest. */
function useMarks(figures: readonly NodeFigure[] | undefined): ReadonlyMap<string, Mark> | null {
  const t = texts.use();
  const locale = useLocale();
  return useMemo(() => {
    if (!figures) return null;
    const most = Math.max(1, ...figures.map((one) => one.wall_seconds));
    return new Map(
      figures.map((one): [string, Mark] => [
        one.node,
        {
          heat: one.closed > 0 ? one.wall_seconds / most : 0,
          ...(one.closed > 0
            ? { line: t("meanStay", { time: duration(one.wall_seconds, locale), count: one.closed }) }
            : {}),
          ...(one.open > 0
            ? {
                badge: one.late > 0 ? t("overdue", { count: one.late }) : t("standing", { count: one.open }),
                badgeTone: one.late > 0 ? "late" : "plain",
              }
            : {}),
        },
      ]),
    );
  }, [figures, t, locale]);
}

function Says({ figures, document }: { figures: readonly NodeFigure[]; document: FlowDocument }): ReactNode {
  const t = texts.use();
  const locale = useLocale();
  const [slowest] = [...figures]
    .filter((one) => one.closed > 0)
    .sort((one, other) => other.wall_seconds - one.wall_seconds);
  const node = document.nodes.find((one) => one.id === slowest?.node);
  return (
    <div className="fl-picture-says">
      {slowest && node
        ? t("heatSays", {
            name: say(node.name),
            time: duration(slowest.wall_seconds, locale),
            count: slowest.closed,
          })
        : t("heatNone")}
    </div>
  );
}
