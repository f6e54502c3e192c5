import { type ReactNode } from "react";
import { Link, useNavigate } from "react-router";

import { api } from "@/kit/api";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { texts } from "./texts";
import type { DefinitionRow, VersionRow } from "./types";

interface Props {
  flow: DefinitionRow;
  shown: number | null;
  onShow: (version: number) => void;
}

/** All versions, newest first: look at one, compare it, bring it back as the draft. */
export function Versions({ flow, shown, onShow }: Props): ReactNode {
  const t = texts.use();
  const versions = useRead("/api/flows/{key}/versions", { path: { key: flow.key } });
  const restore = useRestore(flow);
  return (
    <Loaded query={versions}>
      {(rows) => (
        <ul className="fl-versions">
          {flow.draft ? (
            <li>
              <div className="fl-version-head">
                <Link to={`/console/flows/${flow.key}/design`}>{t("stateDraft")}</Link>
                <span className="sn-faint">
                  {t("draftBy", { name: flow.draft.saved_by })} <Time at={flow.draft.saved_at} />
                </span>
              </div>
              {flow.version_number ? (
                <div className="fl-version-do">
                  <Link to={`/console/flows/${flow.key}/compare?left=current&right=draft`}>
                    {t("compare")}
                  </Link>
                </div>
              ) : null}
            </li>
          ) : null}
          {rows.map((row, index) => (
            <li key={row.id} className={row.id === shown ? "fl-version-shown" : undefined}>
              <div className="fl-version-head">
                <button type="button" className="sn-link" onClick={() => onShow(row.id)}>
                  {t("versionNo", { number: row.number })}
                </button>
                {row.current ? <Status tone="good">{t("current")}</Status> : null}
                <span className="sn-faint">
                  {t("running")} {row.running}
                </span>
              </div>
              <div className="sn-soft">{row.note || t("noNote")}</div>
              <div className="sn-faint">
                {row.published_by} <Time at={row.published_at} />
              </div>
              <div className="fl-version-do">
                {rows[index + 1] ? (
                  <Link
                    to={`/console/flows/${flow.key}/compare?left=${rows[index + 1]?.number}&right=${row.number}`}
                  >
                    {t("compare")}
                  </Link>
                ) : null}
                {flow.may_design && !row.current ? (
                  <button type="button" className="sn-link" onClick={() => void restore(row)}>
                    {t("restore")}
                  </button>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function useRestore(flow: DefinitionRow): (row: VersionRow) => Promise<void> {
  const t = texts.use();
  const toast = useToast();
  const confirm = useConfirm();
  const refresh = useRefresh();
  const navigate = useNavigate();
  return async (row) => {
    const { number } = row;
    const question = {
      title: t("restoreAsk", { number }),
      content: t("restoreWill", { name: flow.draft?.saved_by ?? "" }),
      action: t("restore"),
    };
    if (flow.draft && !(await confirm(question))) return;
    try {
      await api.post("/api/flows/{key}/draft/restore", {
        path: { key: flow.key },
        body: { rev: flow.draft?.rev ?? 0, version_id: row.id },
      });
      await refresh("/api/flows");
      toast.done(t("restored", { number }));
      void navigate(`/console/flows/${flow.key}/design`);
    } catch (error) {
      toast.failed(error);
    }
  };
}
