import { Button } from "antd";
import { type ReactNode } from "react";
import { Link } from "react-router";

import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { formatNumber } from "@/kit/format";
import { Time } from "@/kit/Time";

import { type Import, ImportState } from "./marks";
import { texts } from "./texts";

export default function ImportsPage(): ReactNode {
  const t = texts.use();
  const start = (
    <Link to="/console/imports/new">
      <Button type="primary">{t("start")}</Button>
    </Link>
  );
  const columns: ColumnSpec<Import>[] = [
    {
      key: "file",
      title: t("file"),
      fixed: true,
      render: (row) => <Link to={`/console/imports/${row.id}`}>{row.file_name}</Link>,
    },
    { key: "kind", title: t("kind"), render: (row) => row.importer_name },
    { key: "status", title: t("status"), render: (row) => <ImportState status={row.status} /> },
    { key: "total", title: t("rows"), align: "right", render: (row) => formatNumber(row.total) },
    { key: "faulty", title: t("faulty"), align: "right", render: (row) => formatNumber(row.faulty) },
    { key: "created_at", title: t("at"), render: (row) => <Time at={row.created_at} /> },
  ];
  return (
    <TablePage<Import>
      title={t("title")}
      purpose={t("purpose")}
      path="/api/imports"
      exportable={false}
      columns={columns}
      views={(["ready", "running", "done", "failed"] as const).map((status) => ({
        key: status,
        label: t(`status_${status}`),
        filters: { status },
      }))}
      action={start}
      empty={{ title: t("empty"), hint: t("emptyHint"), action: start }}
    />
  );
}
