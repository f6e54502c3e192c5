import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { type Answer, api } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { Facts, Section, Split } from "@/kit/desk/PageFrame";
import { currentLocale } from "@/kit/i18n";
import { useLive } from "@/kit/live";
import { Light, Status } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { Timeline } from "@/kit/progress";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { StageMark } from "./marks";
import { texts } from "./texts";

import "./customers.css";

type Customer = Answer<"/api/customers/{customer_id}">;

const SHOWN = 8;

const inLanguage = (text: { zh: string; en: string } | null): string =>
  text ? (currentLocale() === "en" ? text.en : text.zh) : "";

/** All we know of one customer, from several domains: in the list's drawer and on the page of their own. */
export function CustomerPanel({ id, wide = false }: { id: number; wide?: boolean }): ReactNode {
  const refresh = useRefresh();
  const customer = useRead("/api/customers/{customer_id}", { path: { customer_id: id } });
  useLive([`customer:${id}`], () => void refresh("/api/customers", "/api/work-orders", "/api/hub/timeline"));
  return (
    <Loaded query={customer}>
      {(found) => {
        const side = (
          <>
            <Profile customer={found} />
            <Identities customer={found} />
          </>
        );
        const main = (
          <>
            <WorkOrders customerId={id} />
            <Purchases customerId={id} />
            <Chats customer={found} />
            <Happenings customerId={id} />
          </>
        );
        return wide ? (
          <Split main={main} side={side} />
        ) : (
          <>
            {side}
            {main}
          </>
        );
      }}
    </Loaded>
  );
}

function Profile({ customer }: { customer: Customer }): ReactNode {
  const t = texts.use();
  return (
    <Section title={t("profile")}>
      <Facts
        items={[
          { label: t("stage"), value: <StageMark stage={customer.stage} /> },
          { label: t("phone"), value: <Phone customer={customer} /> },
          {
            label: t("address"),
            value: place(customer),
          },
          { label: t("store"), value: customer.unit_name },
          { label: t("owner"), value: customer.owner_name || "—" },
          { label: t("source"), value: t(customer.source) },
          {
            label: t("tags"),
            value: (
              <span className="cu-tags">
                {customer.tags.length === 0 ? "—" : null}
                {customer.tags.map((tag) => (
                  <Status key={tag}>{tag}</Status>
                ))}
              </span>
            ),
          },
          customer.note ? { label: t("note"), value: customer.note } : null,
          { label: t("created"), value: <Time at={customer.created_at} /> },
          { label: t("updated"), value: <Time at={customer.updated_at} /> },
        ]}
      />
    </Section>
  );
}

/** City, district and address; a district that the address already names is not said twice. */
function place({ city, district, address }: Customer): string {
  const named = district && !address.startsWith(district) ? district : "";
  return [city, named, address].filter(Boolean).join(" ") || "—";
}

function Phone({ customer }: { customer: Customer }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const [clear, setClear] = useState<string | null>(null);
  if (!customer.has_phone) return <span className="sn-faint">{t("noPhone")}</span>;
  const reveal = async () => {
    try {
      const answer = await api.post("/api/customers/{customer_id}/phone", {
        path: { customer_id: customer.id },
      });
      setClear(answer.phone);
      toast.done(t("phoneShown"));
    } catch (problem) {
      toast.failed(problem);
    }
  };
  return (
    <span className="sn-number">
      {clear ?? customer.phone_masked}{" "}
      {clear === null && may("customer.see_phone") ? (
        <Button type="link" size="small" onClick={() => void reveal()}>
          {t("showPhone")}
        </Button>
      ) : null}
    </span>
  );
}

function Identities({ customer }: { customer: Customer }): ReactNode {
  const t = texts.use();
  const names = {
    phone: t("identityPhone"),
    wecom_external_userid: t("identityWecom"),
    unionid: t("identityUnion"),
  };
  return (
    <Section title={t("identities")}>
      {customer.identities.length === 0 ? <p className="sn-soft">{t("noIdentities")}</p> : null}
      <Facts
        items={customer.identities.map((one) => ({
          label: names[one.kind],
          value: <span className="cu-id">{one.value}</span>,
        }))}
      />
    </Section>
  );
}

function WorkOrders({ customerId }: { customerId: number }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const orders = useRead("/api/work-orders", {
    query: { customer_id: customerId, limit: SHOWN },
    enabled: may("work_order.read"),
  });
  if (!may("work_order.read")) return null;
  return (
    <Section title={t("workOrders")}>
      <Loaded query={orders}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="sn-soft">{t("noWorkOrders")}</p>
          ) : (
            <ul className="cu-list">
              {page.items.map((order) => (
                <li key={order.id}>
                  <span>
                    <Link to={`/console/work-orders/${order.id}`}>{inLanguage(order.kind_name)}</Link>{" "}
                    <span className="sn-soft">{order.no}</span>
                  </span>
                  <span className="cu-end">
                    {order.light ? <Light light={order.light} /> : null} {inLanguage(order.step)}{" "}
                    <Time at={order.opened_at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Purchases({ customerId }: { customerId: number }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const orders = useRead("/api/customers/{customer_id}/orders", {
    path: { customer_id: customerId },
    enabled: may("shop_order.read"),
  });
  if (!may("shop_order.read")) return null;
  return (
    <Section title={t("orders")}>
      <Loaded query={orders}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="sn-soft">{t("noOrders")}</p>
          ) : (
            <ul className="cu-list">
              {rows.slice(0, SHOWN).map((order) => (
                <li key={order.id}>
                  <Link to={`/console/orders?open=${order.id}`}>{order.no}</Link>
                  <span className="cu-end">
                    <Money amount={order.total} /> <Time at={order.placed_at} show="date" />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Chats({ customer }: { customer: Customer }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const ids = customer.identities
    .filter((one) => one.kind === "wecom_external_userid")
    .map((one) => one.value);
  const shown = ids.length > 0 && may("channel.read_chats");
  const messages = useRead("/api/channels/messages", {
    query: { external_userid: ids, limit: SHOWN },
    enabled: shown,
  });
  if (!shown) return null;
  return (
    <Section title={t("chats")}>
      <Loaded query={messages}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="sn-soft">{t("noChats")}</p>
          ) : (
            <Timeline
              items={lines.map((line) => ({
                key: line.id,
                at: line.sent_at,
                title: line.text,
                by: line.direction === "from_contact" ? t("customerSays") : t("staffSays"),
              }))}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

function Happenings({ customerId }: { customerId: number }): ReactNode {
  const t = texts.use();
  const events = useRead("/api/hub/timeline", { query: { kind: "customer", id: customerId, limit: 20 } });
  return (
    <Section title={t("timeline")}>
      <Loaded query={events}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="sn-soft">{t("noTimeline")}</p>
          ) : (
            <Timeline
              items={page.items.map((event) => ({
                key: event.id,
                at: event.at,
                title: inLanguage(event.text) || event.name,
                by: event.by_name,
              }))}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
