import { type ReactNode } from "react";

import { Money } from "@/kit/Money";
import { listed, currentLocale } from "@/kit/i18n";
import { useLive } from "@/kit/live";
import { Light, Status } from "@/kit/marks";
import { Card } from "@/kit/phone/PhoneFrame";
import { useRead, useRefresh } from "@/kit/query";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { Messages } from "./Messages";
import { texts } from "./texts";
import type { Customer } from "./types";

const PURCHASES_SHOWN = 3;

const inLanguage = (text: { zh: string; en: string } | null): string =>
  text ? (currentLocale() === "en" ? text.en : text.zh) : "";

/** Who this is, what they bought, what is under way, what was last said. */
export function CustomerView({
  customer,
  externalUserid,
}: {
  customer: Customer;
  externalUserid: string;
}): ReactNode {
  const t = texts.use();
  return (
    <>
      <Card title={<h1 className="sb-name">{customer.name}</h1>}>
        <dl className="sn-facts">
          <dt>{t("phone")}</dt>
          <dd>{customer.phone_masked || t("noPhone")}</dd>
          <dt>{t("address")}</dt>
          <dd>{[customer.city, customer.address].filter(Boolean).join(" ") || "—"}</dd>
          <dt>{t("store")}</dt>
          <dd>{customer.unit_name}</dd>
          <dt>{t("tags")}</dt>
          <dd>
            {customer.tags.length === 0 ? <span className="sn-faint">{t("noTags")}</span> : null}
            <span className="sb-tags">
              {customer.tags.map((tag: string) => (
                <Status key={tag}>{tag}</Status>
              ))}
            </span>
          </dd>
        </dl>
      </Card>
      <OpenOrders customerId={customer.id} />
      <Purchases customerId={customer.id} />
      <Card title={<h2>{t("lastMessages")}</h2>}>
        <Messages externalUserid={externalUserid} />
      </Card>
    </>
  );
}

function OpenOrders({ customerId }: { customerId: number }): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const orders = useRead("/api/work-orders", {
    query: { customer_id: customerId, status: "open", limit: 5 },
  });
  const ids: number[] = orders.data?.items.map((order: { id: number }) => order.id) ?? [];
  useLive(
    ids.map((id) => `work_order:${id}`),
    () => void refresh("/api/work-orders"),
  );
  return (
    <Card title={<h2>{t("openOrders")}</h2>}>
      <Loaded query={orders}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="sn-soft">{t("noOpenOrders")}</p>
          ) : (
            <ul className="sb-list">
              {page.items.map((order) => (
                <li key={order.id}>
                  <div className="sb-row">
                    <b>{inLanguage(order.kind_name)}</b>
                    {order.light ? <Light light={order.light} /> : null}
                  </div>
                  <div className="sb-row sn-soft">
                    <span>{order.no}</span>
                    <span>
                      {inLanguage(order.step)}
                      {order.waiting_for.length > 0
                        ? ` · ${t("waitingFor", { names: listed(order.waiting_for) })}`
                        : ""}
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function Purchases({ customerId }: { customerId: number }): ReactNode {
  const t = texts.use();
  const orders = useRead("/api/customers/{customer_id}/orders", { path: { customer_id: customerId } });
  return (
    <Card title={<h2>{t("purchases")}</h2>}>
      <Loaded query={orders}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="sn-soft">{t("noPurchases")}</p>
          ) : (
            <ul className="sb-list">
              {rows.slice(0, PURCHASES_SHOWN).map((order) => (
                <li key={order.id} className="sb-row">
                  <span>
                    {order.no} <Time at={order.placed_at} show="date" />
                  </span>
                  <Money amount={order.total} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
