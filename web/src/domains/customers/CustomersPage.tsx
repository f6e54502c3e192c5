import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link, useNavigate } from "react-router";

import type { Answer } from "@/kit/api";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Person, Status } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { CustomerForm } from "./CustomerForm";
import { CustomerPanel } from "./CustomerPanel";
import { SOURCES, STAGES, StageMark } from "./marks";
import { texts } from "./texts";

import "./customers.css";

type Row = Answer<"/api/customers">["items"][number];

export default function CustomersPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const tags = useRead("/api/customers/tags", { staleTime: 60_000 });
  const columns: ColumnSpec<Row>[] = [
    { key: "name", title: t("name"), sort: true, fixed: true, render: (row) => <Person name={row.name} /> },
    { key: "phone", title: t("phone"), render: (row) => row.phone_masked || "—" },
    { key: "stage", title: t("stage"), render: (row) => <StageMark stage={row.stage} /> },
    {
      key: "tags",
      title: t("tags"),
      width: 220,
      render: (row) => (
        <span className="cu-tags">
          {row.tags.map((tag) => (
            <Status key={tag}>{tag}</Status>
          ))}
        </span>
      ),
    },
    { key: "city", title: t("city"), render: (row) => row.city || "—" },
    { key: "unit", title: t("store"), render: (row) => row.unit_name },
    { key: "owner", title: t("owner"), render: (row) => row.owner_name || "—" },
    { key: "source", title: t("source"), hidden: true, render: (row) => t(row.source) },
    { key: "created_at", title: t("created"), sort: true, render: (row) => <Time at={row.created_at} /> },
  ];
  const create = may("customer.create") ? (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <>
      <TablePage<Row>
        title={t("title")}
        purpose={t("purpose")}
        path="/api/customers"
        byUnit
        live={["customer@*"]}
        columns={columns}
        filters={[
          { kind: "search", name: "text", label: t("search") },
          {
            kind: "select",
            name: "stage",
            label: t("stage"),
            options: STAGES.map((stage) => ({ value: stage, label: t(stage) })),
          },
          {
            kind: "select",
            name: "tag",
            label: t("tag"),
            options: (tags.data ?? []).map((tag) => ({ value: tag, label: tag })),
          },
          {
            kind: "select",
            name: "source",
            label: t("source"),
            options: SOURCES.map((source) => ({ value: source, label: t(source) })),
          },
        ]}
        views={[
          { key: "leads", label: t("leads"), filters: { stage: "lead" } },
          { key: "churn", label: t("churn_warning"), filters: { stage: "churn_warning" } },
        ]}
        exportable={may("customer.export")}
        action={
          <>
            {may("customer.import") ? (
              <Link to="/console/imports/new?kind=customers">
                <Button>{t("import")}</Button>
              </Link>
            ) : null}
            {create}
          </>
        }
        detail={(id) => <CustomerPanel id={id} />}
        detailTitle={(_, row) => row?.name ?? t("title")}
        fullPage={(id) => `/console/customers/${id}`}
        empty={{ title: t("empty"), hint: t("emptyHint"), action: create }}
      />
      <CustomerForm
        open={creating}
        onClose={() => setCreating(false)}
        onCreated={(id) => void navigate(`/console/customers/${id}`)}
      />
    </>
  );
}
