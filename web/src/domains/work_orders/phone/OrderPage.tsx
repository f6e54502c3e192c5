import "../orders.css";

import { type ReactNode } from "react";
import { useParams } from "react-router";

import { useLive } from "@/kit/live";
import { Light, Priority, Rating } from "@/kit/marks";
import { Card, PhonePage } from "@/kit/phone/PhoneFrame";
import { useRead, useRefresh } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { Income } from "../Income";
import { phoneTexts, texts } from "../texts";
import type { OrderDetail } from "../types";
import { say } from "../words";
import { Contact } from "./Contact";
import { Offer } from "./Offer";
import { Scan } from "./Scan";
import { Task } from "./Task";
import { Visit } from "./Visit";

/** One order in the field worker's hand: what it is, what it pays, and what is to be done now. */
export default function OrderPage(): ReactNode {
  const id = Number(useParams()["id"]);
  const t = phoneTexts.use();
  const refresh = useRefresh();
  const order = useRead("/api/work-orders/{order_id}", { path: { order_id: id } });
  const again = () => void refresh("/api/work-orders", "/api/my/work-orders");
  useLive([`work_order:${id}`], again);
  if (!order.data) {
    return (
      <PhonePage title={t("order")} back="/m">
        <Loaded query={order}>{() => null}</Loaded>
      </PhonePage>
    );
  }
  const found = order.data;
  if (found.my_work["accept"]) {
    return (
      <Offer order={found} onDone={again}>
        <About order={found} />
      </Offer>
    );
  }
  if (found.my_work["visit"]) {
    return (
      <Visit order={found} onDone={again}>
        <About order={found} />
        <Contact order={found} />
      </Visit>
    );
  }
  const task = found.run?.steps.find(
    (step) => step.status === "open" && step.offers?.some((offer) => offer.work_id),
  );
  if (task) {
    return (
      <Task order={found} step={task} onDone={again}>
        <About order={found} />
      </Task>
    );
  }
  return (
    <PhonePage title={t("order")} back="/m">
      {found.run?.steps.some((step) => step.node === "confirm" && step.status === "open") ? (
        <Scan orderId={found.id} />
      ) : null}
      {found.rating ? (
        <Card title={t("rated")} extra={<Rating value={found.rating} />}>
          {found.rating_comment ? <p>{found.rating_comment}</p> : null}
        </Card>
      ) : null}
      <About order={found} />
      {found.status === "cancelled" ? null : (
        <Card title={t("income")}>
          <Income orderId={found.id} total={t("total")} none={t("noPlan")} />
        </Card>
      )}
    </PhonePage>
  );
}

function About({ order }: { order: OrderDetail }): ReactNode {
  const t = phoneTexts.use();
  const words = texts.use();
  const open = order.run?.steps.findLast((step) => step.status === "open");
  return (
    <>
      <Card title={say(order.kind_name)} extra={<Light light={open?.light} />}>
        <p>{order.title}</p>
        <p className="sn-soft">
          {order.city}
          {order.address}
          {order.floor === null ? "" : ` · ${t("floorValue", { floor: order.floor })}`}
        </p>
        <div className="wo-line sn-faint">
          <span className="sn-number">{order.no}</span>
          <span>
            {order.priority === "normal" ? null : (
              <Priority level={order.priority}>{words(order.priority)}</Priority>
            )}
            {order.facts["高温"] === true ? ` ${t("hot")}` : ""}
          </span>
        </div>
      </Card>
      {order.messages.length > 0 ? (
        <Card title={t("messages")}>
          <ul className="wo-says">
            {order.messages.map((message, index) => (
              <li key={index}>
                <span className="sn-soft">{message.sender_name}：</span>
                {message.text}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}
