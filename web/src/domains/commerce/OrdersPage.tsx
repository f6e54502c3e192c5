import { Button } from "antd";
import { type ReactNode } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { Facts, Section } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status, type Tone } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { useRead } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { texts } from "./texts";

import "./commerce.css";

type Row = Answer<"/api/orders">["items"][number];
type State = Row["status"];

const STATES: readonly State[] = ["placed", "paid", "shipped", "done", "closed", "refunded"];
const TONES: Readonly<Record<State, Tone>> = {
  placed: "warn",
  paid: "active",
  shipped: "active",
  done: "good",
  closed: "neutral",
  refunded: "bad",
};

function StateMark({ state }: { state: State }): ReactNode {
  const t = texts.use();
  return <Status tone={TONES[state]}>{t(state)}</Status>;
}

export default function OrdersPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const columns: ColumnSpec<Row>[] = [
    { key: "no", title: t("no"), sort: true, fixed: true },
    {
      key: "customer",
      title: t("customer"),
      render: (row) => <Link to={`/console/customers/${row.customer_id}`}>{row.customer_name}</Link>,
    },
    { key: "unit", title: t("store"), render: (row) => row.unit_name },
    { key: "status", title: t("status"), render: (row) => <StateMark state={row.status} /> },
    {
      key: "total",
      title: t("total"),
      sort: true,
      align: "right",
      render: (row) => <Money amount={row.total} />,
    },
    { key: "placed_at", title: t("placedAt"), sort: true, render: (row) => <Time at={row.placed_at} /> },
    { key: "paid_at", title: t("paidAt"), hidden: true, render: (row) => <Time at={row.paid_at} /> },
  ];
  return (
    <TablePage<Row>
      title={t("orders")}
      purpose={t("ordersPurpose")}
      path="/api/orders"
      byUnit
      columns={columns}
      filters={[
        { kind: "search", name: "text", label: t("searchOrders") },
        {
          kind: "select",
          name: "status",
          label: t("status"),
          options: STATES.map((state) => ({ value: state, label: t(state) })),
        },
        {
          kind: "period",
          name: "placed",
          label: t("placedAt"),
          names: ["placed_from", "placed_until"],
          moments: true,
        },
      ]}
      detail={(id) => <OrderPanel id={id} />}
      detailTitle={(_, row) => row?.no ?? t("orders")}
      action={
        may("shop_order.import") ? (
          <Link to="/console/imports/new?kind=shop_orders">
            <Button>{t("import")}</Button>
          </Link>
        ) : null
      }
      empty={{ title: t("noOrders"), hint: t("noOrdersHint") }}
    />
  );
}

function OrderPanel({ id }: { id: number }): ReactNode {
  const t = texts.use();
  const order = useRead("/api/orders/{order_id}", { path: { order_id: id } });
  return (
    <Loaded query={order}>
      {({ order: row, lines }) => (
        <>
          <Section>
            <Facts
              items={[
                {
                  label: t("customer"),
                  value: <Link to={`/console/customers/${row.customer_id}`}>{row.customer_name}</Link>,
                },
                { label: t("store"), value: row.unit_name },
                { label: t("status"), value: <StateMark state={row.status} /> },
                { label: t("total"), value: <Money amount={row.total} /> },
                { label: t("placedAt"), value: <Time at={row.placed_at} show="absolute" /> },
                { label: t("paidAt"), value: <Time at={row.paid_at} show="absolute" /> },
              ]}
            />
          </Section>
          <Section title={t("lines")}>
            <table className="co-lines">
              <thead>
                <tr>
                  <th>{t("name")}</th>
                  <th>{t("quantity")}</th>
                  <th>{t("unitPrice")}</th>
                  <th>{t("amount")}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line, place) => (
                  <tr key={place}>
                    <td>{line.name}</td>
                    <td>{Number(line.quantity)}</td>
                    <td>
                      <Money amount={line.price} />
                    </td>
                    <td>
                      <Money amount={line.amount} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
        </>
      )}
    </Loaded>
  );
}
