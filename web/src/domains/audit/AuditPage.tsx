import { type ReactNode } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { Facts } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Person, Status } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { Time } from "@/kit/Time";

import { type Change, changesBetween, shown } from "./changes";
import { texts } from "./texts";

type AuditRow = Answer<"/api/audit">["items"][number];
type Words = Answer<"/api/audit/words">;
type Naming = (field: string) => string;

export default function AuditPage(): ReactNode {
  const t = texts.use();
  const words = useRead("/api/audit/words", { staleTime: 600_000 });
  const name = naming(words.data);
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
    { key: "action", title: t("action"), width: 170, render: (row) => row.action_name },
    { key: "subject", title: t("subject"), width: 260, render: (row) => <Subject row={row} /> },
    { key: "change", title: t("change"), render: (row) => <ChangeLine row={row} name={name} /> },
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
          options: (words.data?.actions ?? []).map(({ code, name: label }) => ({ value: code, label })),
        },
        { kind: "period", name: "at", label: t("period"), names: ["since", "until"], moments: true },
        { kind: "flag", name: "sensitive", label: t("onlySensitive") },
      ]}
      detailTitle={(_, row) => row?.action_name}
      detail={(_id, _close, row) => (row ? <Deed row={row} name={name} /> : null)}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
    />
  );
}

/** A field by its name; what nobody named keeps its own. */
function naming(words: Words | undefined): Naming {
  const names = new Map((words?.fields ?? []).map((field) => [field.code, field.name]));
  return (field) => names.get(field) ?? field;
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

function ChangeLine({ row, name }: { row: AuditRow; name: Naming }): ReactNode {
  const changes = changesBetween(row.before, row.after);
  return <span className="sn-soft">{changes.map((change) => name(change.field)).join("、") || "—"}</span>;
}

function Deed({ row, name }: { row: AuditRow; name: Naming }): ReactNode {
  const t = texts.use();
  const changes = changesBetween(row.before, row.after);
  return (
    <div className="sn-stack">
      <Facts
        items={[
          { label: t("at"), value: <Time at={row.at} show="absolute" /> },
          { label: t("by"), value: <Person name={row.by_name || row.by} /> },
          { label: t("subject"), value: <Subject row={row} /> },
          { label: t("request"), value: row.request_id || "—" },
        ]}
      />
      {changes.length > 0 ? (
        <Changes changes={changes} name={name} />
      ) : (
        <p className="sn-soft">{t("noChange")}</p>
      )}
    </div>
  );
}

function Changes({ changes, name }: { changes: readonly Change[]; name: Naming }): ReactNode {
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
            <td>{name(change.field)}</td>
            <td className="sn-soft">{say(change.before)}</td>
            <td>{say(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
