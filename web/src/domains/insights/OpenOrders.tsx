import { type ReactNode } from "react";

import { TablePage } from "@/kit/desk/table/TablePage";
import { Light, Person, Priority } from "@/kit/marks";
import { Time } from "@/kit/Time";
import { listed, type Pair, useLocale } from "@/kit/i18n";

import { openOrderTexts } from "./openOrderTexts";

interface Words {
  zh: string;
  en: string;
}

interface OrderRow {
  id: number;
  no: string;
  title: string;
  kind_name: Words;
  priority: string;
  customer_name: string;
  unit_name: string;
  worker_name: string;
  step: Words | null;
  waiting_for: string[];
  waits_for_customer: boolean;
  light: string | null;
  due_at: string | null;
}

const PRIORITY: Record<string, Pair> = {
  normal: ["普通", "Normal"],
  high: ["优先", "High"],
  urgent: ["紧急", "Urgent"],
};

/** Orders under way with their light and whom they wait for; the page of an order has the rest. */
export function OpenOrders(): ReactNode {
  const t = openOrderTexts.use();
  const locale = useLocale();
  const words = (text: Words | null): string => (text ? (locale === "en" ? text.en : text.zh) : "—");
  const priority = (level: string): string => PRIORITY[level]?.[locale === "en" ? 1 : 0] ?? level;
  return (
    <TablePage<OrderRow>
      embedded
      title={t("title")}
      path="/api/work-orders"
      query={{ view: "open" }}
      byUnit
      live={["work_order@*"]}
      exportable={false}
      fullPage={(id) => `/console/work-orders/${id}`}
      columns={[
        { key: "light", title: t("light"), width: 84, render: (row) => <Light light={row.light} /> },
        { key: "no", title: t("no"), width: 180, fixed: true },
        { key: "title", title: t("need"), ellipsis: true },
        {
          key: "priority",
          title: t("priority"),
          width: 84,
          render: (row) => <Priority level={row.priority}>{priority(row.priority)}</Priority>,
        },
        { key: "customer_name", title: t("customer"), width: 96 },
        { key: "step", title: t("step"), width: 110, render: (row) => words(row.step) },
        {
          key: "waiting_for",
          title: t("waitingFor"),
          width: 130,
          render: (row) => (
            <Person name={row.waits_for_customer ? t("theCustomer") : listed(row.waiting_for)} />
          ),
        },
        { key: "due_at", title: t("due"), width: 110, render: (row) => <Time at={row.due_at} /> },
      ]}
      empty={{ title: t("none"), hint: t("noneHint") }}
    />
  );
}
