import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { Facts } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Person, Status } from "@/kit/marks";
import { Time } from "@/kit/Time";

import { type Change, changesBetween, shown } from "./changes";
import { texts } from "./texts";

type AuditRow = Answer<"/api/audit">["items"][number];

export default function AuditPage(): ReactNode {
  const t = texts.use();
  const columns: ColumnSpec<AuditRow>[] = [
    {
      key: "at",
      title: t("at"),
      sort: true,
      fixed: true,
      width: 170,
      render: (row) => <Time at={row.at} show="absolute" />,
    },
    { key: "by", title: t("by"), width: 150, render: (row) => <Person name={row.by_name || row.by} /> },
    { key: "action", title: t("action"), render: (row) => <code>{row.action}</code> },
    { key: "subject", title: t("subject"), render: (row) => `${row.subject_kind} #${row.subject_id}` },
    { key: "change", title: t("change"), render: (row) => <ChangeLine row={row} /> },
    {
      key: "sensitive",
      title: t("sensitive"),
      width: 90,
      render: (row) => (row.sensitive ? <Status tone="warn">{t("sensitive")}</Status> : null),
    },
    { key: "request_id", title: t("request"), hidden: true },
  ];
  return (
    <TablePage<AuditRow>
      title={t("title")}
      purpose={t("purpose")}
      path="/api/audit"
      columns={columns}
      filters={[
        { kind: "search", name: "action", label: t("action"), placeholder: t("actionHint") },
        { kind: "period", name: "at", label: t("period"), names: ["since", "until"], moments: true },
        { kind: "flag", name: "sensitive", label: t("onlySensitive") },
      ]}
      detailTitle={(_, row) => row?.action}
      detail={(_id, _close, row) => (row ? <Deed row={row} /> : null)}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
    />
  );
}

function ChangeLine({ row }: { row: AuditRow }): ReactNode {
  const changes = changesBetween(row.before, row.after);
  return <span className="sn-soft">{changes.map((change) => change.field).join("、") || "—"}</span>;
}

function Deed({ row }: { row: AuditRow }): ReactNode {
  const t = texts.use();
  const changes = changesBetween(row.before, row.after);
  return (
    <div className="sn-stack">
      <Facts
        items={[
          { label: t("at"), value: <Time at={row.at} show="absolute" /> },
          { label: t("by"), value: <Person name={row.by_name || row.by} /> },
          { label: t("subject"), value: `${row.subject_kind} #${row.subject_id}` },
          { label: t("request"), value: row.request_id || "—" },
        ]}
      />
      {changes.length > 0 ? <Changes changes={changes} /> : <p className="sn-soft">{t("noChange")}</p>}
    </div>
  );
}

function Changes({ changes }: { changes: readonly Change[] }): ReactNode {
  const t = texts.use();
  return (
    <table className="sn-plain-table">
      <thead>
        <tr>
          <th>{t("field")}</th>
          <th>{t("before")}</th>
          <th>{t("after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <td>{change.field}</td>
            <td className="sn-soft">{shown(change.before)}</td>
            <td>{shown(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
