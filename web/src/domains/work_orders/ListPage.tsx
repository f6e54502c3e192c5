import { Button } from "antd";
import { type ReactNode, useState } from "react";

import { listed } from "@/kit/i18n";
import { type FilterSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Light, Person, Priority, Rating } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { CreateDrawer } from "./CreateDrawer";
import { OrderStatus } from "./marks";
import { OrderDetailView } from "./OrderDetailView";
import { texts } from "./texts";
import type { OrderRow } from "./types";
import { say } from "./words";

const MOMENTS = [
  "opened",
  "accepted",
  "completed",
  "confirmed",
  "rated",
  "closed",
  "cancelled",
  "late",
] as const;

/** All orders one may see: where each stands, whom it waits for. */
export default function ListPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const kinds = useRead("/api/work-order-kinds");
  const create = may("work_order.create") ? (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t("create")}
    </Button>
  ) : null;
  const filters: FilterSpec[] = [
    { kind: "search", name: "text", label: t("search") },
    {
      kind: "select",
      name: "kind_id",
      label: t("kind"),
      options: (kinds.data?.items ?? []).map((kind) => ({ value: String(kind.id), label: say(kind.name) })),
    },
    {
      kind: "select",
      name: "priority",
      label: t("priority"),
      options: (["urgent", "high", "normal"] as const).map((value) => ({ value, label: t(value) })),
    },
    {
      kind: "select",
      name: "status",
      label: t("status"),
      options: (["open", "done", "closed", "cancelled"] as const).map((value) => ({
        value,
        label: t(value),
      })),
    },
    {
      kind: "select",
      name: "moment",
      label: t("moment_opened"),
      options: MOMENTS.map((value) => ({ value, label: t(`moment_${value}`) })),
    },
    { kind: "period", name: "day", label: t("day") },
  ];
  return (
    <>
      <TablePage<OrderRow>
        title={t("title")}
        purpose={t("purpose")}
        path="/api/work-orders"
        byUnit
        live={["work_order@*"]}
        exportable={may("work_order.export")}
        action={create}
        filters={filters}
        views={[
          { key: "mine", label: t("viewMine"), filters: { view: "mine" } },
          { key: "open", label: t("viewOpen"), filters: { view: "open" } },
          { key: "overdue", label: t("viewOverdue"), filters: { view: "overdue" } },
          { key: "closed", label: t("viewClosed"), filters: { view: "closed" } },
        ]}
        columns={[
          { key: "light", title: t("light"), width: 84, render: (row) => <Light light={row.light} /> },
          { key: "no", title: t("no"), width: 176, fixed: true, sort: true },
          { key: "kind_name", title: t("kind"), width: 128, render: (row) => say(row.kind_name) },
          { key: "title", title: t("need"), ellipsis: true, width: 200 },
          {
            key: "priority",
            title: t("priority"),
            width: 84,
            render: (row) => <Priority level={row.priority}>{t(row.priority)}</Priority>,
          },
          {
            key: "status",
            title: t("status"),
            width: 92,
            render: (row) => <OrderStatus status={row.status} />,
          },
          { key: "step", title: t("step"), width: 108, render: (row) => say(row.step) },
          {
            key: "waiting_for",
            title: t("waitingFor"),
            width: 132,
            render: (row) => (
              <Person name={row.waits_for_customer ? t("theCustomer") : listed(row.waiting_for)} />
            ),
          },
          { key: "customer_name", title: t("customer"), width: 100 },
          { key: "phone_masked", title: t("phone"), width: 120, hidden: true },
          {
            key: "address",
            title: t("address"),
            ellipsis: true,
            width: 200,
            hidden: true,
            render: (row) => `${row.city}${row.address}`,
          },
          { key: "unit_name", title: t("store"), width: 120 },
          {
            key: "worker_name",
            title: t("worker"),
            width: 112,
            render: (row) => <Person name={row.worker_name} />,
          },
          {
            key: "opened_at",
            title: t("opened"),
            width: 112,
            sort: true,
            render: (row) => <Time at={row.opened_at} />,
          },
          {
            key: "due_at",
            title: t("due"),
            width: 112,
            hidden: true,
            render: (row) => <Time at={row.due_at} />,
          },
          { key: "source", title: t("source"), width: 112, hidden: true, render: (row) => t(row.source) },
          {
            key: "rating",
            title: t("rating"),
            width: 104,
            sort: true,
            hidden: true,
            render: (row) => <Rating value={row.rating} />,
          },
        ]}
        detail={(id) => <OrderDetailView id={id} narrow />}
        detailTitle={(_, row) => row?.no}
        detailWidth={760}
        fullPage={(id) => `/console/work-orders/${id}`}
        empty={{ title: t("none"), hint: t("noneHint"), action: create }}
      />
      <CreateDrawer open={creating} onClose={() => setCreating(false)} />
    </>
  );
}
