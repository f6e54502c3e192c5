import { type ReactNode } from "react";
import { Link } from "react-router";

import { listed } from "@/kit/i18n";
import type { Answer } from "@/kit/api";
import { Facts } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Person, Status } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { Time } from "@/kit/Time";

import { type Change, changesBetween, shown } from "./changes";
import { texts } from "./texts";

type AuditRow = Answer<"/api/audit">["items"][number];

export default function AuditPage(): ReactNode {
  const t = texts.use();
  const actions = useRead("/api/audit/actions", { staleTime: 600_000 });
  const columns: ColumnSpec<AuditRow>[] = [
    {
      key: "at",
      title: t("at"),
      sort: true,
      fixed: true,
      width: 170,
      render: (row) => <Time at={row.at} show="absolute" />,
    },
    { key: "by", title: t("by"), width: 150, render: (row) => <By row={row} /> },
    { key: "action", title: t("action"), width: 170, render: (row) => row.action_name },
    { key: "subject", title: t("subject"), width: 260, render: (row) => <Subject row={row} /> },
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
        {
          kind: "select",
          name: "action",
          label: t("action"),
          multiple: true,
          width: 220,
          options: (actions.data ?? []).map(({ code, name: label }) => ({ value: code, label })),
        },
        { kind: "period", name: "at", label: t("period"), names: ["since", "until"], moments: true },
        { kind: "flag", name: "sensitive", label: t("onlySensitive") },
      ]}
      detailTitle={(_, row) => row?.action_name}
      detail={(_id, _close, row) => (row ? <Deed row={row} /> : null)}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
    />
  );
}

/** Who did it: a person, or the house by itself. */
function By({ row }: { row: AuditRow }): ReactNode {
  const t = texts.use();
  if (row.by.startsWith("system:")) return <span className="sn-soft">{t("house")}</span>;
  return <Person name={row.by_name || row.by} />;
}

function Subject({ row }: { row: AuditRow }): ReactNode {
  const title = row.subject_title || `#${row.subject_id}`;
  return (
    <>
      {row.subject_name}{" "}
      {row.subject_link ? (
        <Link to={row.subject_link}>{title}</Link>
      ) : (
        <span className="sn-soft">{title}</span>
      )}
    </>
  );
}

function ChangeLine({ row }: { row: AuditRow }): ReactNode {
  const changes = changesBetween(row.before, row.after);
  return (
    <span className="sn-soft">
      {listed(changes.map((change) => row.names[change.field] ?? change.field)) || "—"}
    </span>
  );
}

function Deed({ row }: { row: AuditRow }): ReactNode {
  const t = texts.use();
  const changes = changesBetween(row.before, row.after);
  return (
    <div className="sn-stack">
      <Facts
        items={[
          { label: t("at"), value: <Time at={row.at} show="absolute" /> },
          { label: t("by"), value: <By row={row} /> },
          { label: t("subject"), value: <Subject row={row} /> },
          { label: t("request"), value: row.request_id || "—" },
        ]}
      />
      {changes.length > 0 ? (
        <Changes changes={changes} names={row.names} />
      ) : (
        <p className="sn-soft">{t("noChange")}</p>
      )}
    </div>
  );
}

function Changes({ changes, names }: { changes: readonly Change[]; names: AuditRow["names"] }): ReactNode {
  const t = texts.use();
  const say = (value: unknown) => (typeof value === "boolean" ? t(value ? "yes" : "no") : shown(value));
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
            <td>{names[change.field] ?? change.field}</td>
            <td className="sn-soft">{say(change.before)}</td>
            <td>{say(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
