import { Button, Drawer, Input } from "antd";
import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { Problem } from "@/kit/problem";
import { useIdempotencyKey, useRead, useRefresh } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { type DefinitionRow, type FlowDocument, say } from "../types";
import { Row } from "./inputs";
import { texts } from "./texts";
import type { Check } from "./useCheck";

interface Props {
  flow: DefinitionRow;
  document: FlowDocument;
  check: Check;
  flush: () => Promise<number>;
  onClose: () => void;
  onDone: () => void;
  onProblem: (node: string | null) => void;
}

/** What will be published, with a note; faults come first. */
export function PublishDrawer(props: Props): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  const { key, renew } = useIdempotencyKey();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const { flow, check } = props;
  const faults = check.problems.filter((problem) => !problem.warning);
  const publish = async () => {
    setBusy(true);
    try {
      const rev = await props.flush();
      const ref = await api.post("/api/flows/{key}/draft/publish", {
        path: { key: flow.key },
        body: { rev, note },
        key,
      });
      toast.done(t("publishedNow", { number: ref.number }));
      await refresh("/api/flows");
      props.onDone();
    } catch (error) {
      renew();
      toast.failed(error instanceof Problem ? error : new Problem(0, "", t("saveFailed")));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      size={480}
      title={t("publishTitle", { name: say(props.document.name) })}
      onClose={props.onClose}
      footer={
        <div className="sn-drawer-foot">
          <span>{flow.may_publish ? "" : t("noPermission")}</span>
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button
            type="primary"
            loading={busy}
            disabled={faults.length > 0 || !flow.may_publish}
            onClick={() => void publish()}
          >
            {t("publish")}
          </Button>
        </div>
      }
    >
      {faults.length > 0 ? (
        <div className="fd-says" role="alert">
          <b>{t("publishFaulty")}</b>
          <ul className="fd-problems">
            {faults.map((fault, index) => (
              <li key={index}>
                <button
                  type="button"
                  onClick={() => {
                    props.onClose();
                    props.onProblem(fault.node ?? null);
                  }}
                >
                  {say(fault.text)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p>
        {flow.version_number
          ? t("publishWill", { next: flow.version_number + 1, running: flow.running })
          : t("publishFirst")}
      </p>
      {flow.version_number ? <Differences flow={flow.key} /> : null}
      <Row label={t("publishNote")}>
        <Input.TextArea
          aria-label={t("publishNote")}
          placeholder={t("publishNoteHint")}
          autoSize={{ minRows: 3, maxRows: 6 }}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Row>
    </Drawer>
  );
}

/** How many nodes are new, changed, gone, against the version in use. */
function Differences({ flow }: { flow: string }): ReactNode {
  const t = texts.use();
  const query = useRead("/api/flows/{key}/compare", {
    path: { key: flow },
    query: { left: "current", right: "draft" },
    staleTime: 0,
  });
  return (
    <Loaded query={query} rows={1}>
      {(found) => {
        const count = (fate: string) => found.nodes.filter((node) => node.fate === fate).length;
        return (
          <p className="sn-soft">
            {t("diffSays", { added: count("added"), changed: count("changed"), removed: count("removed") })}
          </p>
        );
      }}
    </Loaded>
  );
}
