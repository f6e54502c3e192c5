import "../orders.css";

import { type ReactNode } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { useLive } from "@/kit/live";
import { Light, Priority, Rating } from "@/kit/marks";
import { Card, PhonePage } from "@/kit/phone/PhoneFrame";
import { useRead, useRefresh } from "@/kit/query";
import { useSession } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { phoneTexts, texts } from "../texts";
import type { OrderRow } from "../types";
import { say } from "../words";

const TABS = ["offers", "doing", "done"] as const;
type Tab = (typeof TABS)[number];

/** What waits for me: offers, under way, done. */
export default function InboxPage(): ReactNode {
  const t = phoneTexts.use();
  const [search, setSearch] = useSearchParams();
  const session = useSession();
  const refresh = useRefresh();
  useLive(session.staff ? [`staff:${session.staff.id}`] : [], () => void refresh("/api/my/work-orders"));
  const counts = useRead("/api/my/work-orders/counts");
  const asked = TABS.find((one) => one === search.get("tab"));
  const tab: Tab = asked ?? (counts.data && counts.data.offers > 0 ? "offers" : "doing");
  const count = { offers: counts.data?.offers ?? 0, doing: counts.data?.doing ?? 0, done: 0 };
  return (
    <PhonePage title={t("title")}>
      <div className="wo-tabs" role="tablist">
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === tab}
            onClick={() => setSearch({ tab: one }, { replace: true })}
          >
            {t(one)}
            {count[one] > 0 ? ` ${count[one]}` : ""}
          </button>
        ))}
      </div>
      <List tab={tab} />
    </PhonePage>
  );
}

const NONE = {
  offers: ["noneOffers", "noneOffersHint"],
  doing: ["noneDoing", "noneDoingHint"],
  done: ["noneDone", "noneDoneHint"],
} as const;

function List({ tab }: { tab: Tab }): ReactNode {
  const t = phoneTexts.use();
  const orders = useRead("/api/my/work-orders", { query: { tab, limit: 50 } });
  const [title, hint] = NONE[tab];
  return (
    <Loaded query={orders}>
      {(page) =>
        page.items.length === 0 ? (
          <Empty title={t(title)} hint={t(hint)} />
        ) : (
          <>
            {page.items.map((order) => (
              <OrderLine key={order.id} order={order} />
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function OrderLine({ order }: { order: OrderRow }): ReactNode {
  const t = texts.use();
  const navigate = useNavigate();
  return (
    <Card
      title={say(order.kind_name)}
      extra={order.rating ? <Rating value={order.rating} /> : <Light light={order.light} />}
      onOpen={() => void navigate(`/m/orders/${order.id}`)}
    >
      <p>{order.title}</p>
      <p className="sn-soft">
        {order.city}
        {order.address}
      </p>
      <div className="wo-line sn-faint">
        <span>
          {order.priority === "normal" ? null : (
            <Priority level={order.priority}>{t(order.priority)}</Priority>
          )}{" "}
          {order.step ? say(order.step) : t(order.status)}
        </span>
        <Time at={order.due_at ?? order.opened_at} />
      </div>
    </Card>
  );
}
