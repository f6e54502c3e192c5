import "./orders.css";

import { Segmented } from "antd";
import { type ReactNode, useState } from "react";

import { RunPicture } from "@/domains/flows";
import { FileList } from "@/kit/Upload";
import { Facts, PageFrame, Section, Split } from "@/kit/desk/PageFrame";
import { useLive } from "@/kit/live";
import { Light, Person, Priority, Rating, Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { Actions } from "./Actions";
import { ContactNumber } from "./ContactNumber";
import { CustomerLink } from "./CustomerLink";
import { History } from "./History";
import { Income } from "./Income";
import { OrderStatus } from "./marks";
import { Offers } from "./Offers";
import { RunSteps } from "./RunSteps";
import { texts } from "./texts";
import type { OrderDetail } from "./types";
import { say } from "./words";

/** One order in full; `narrow` inside the list's drawer. It moves by itself. */
export function OrderDetailView({ id, narrow }: { id: number; narrow?: boolean }): ReactNode {
  const refresh = useRefresh();
  const order = useRead("/api/work-orders/{order_id}", { path: { order_id: id } });
  useLive([`work_order:${id}`], () => void refresh("/api/work-orders", "/api/settlement"));
  return (
    <Loaded query={order} rows={10}>
      {(found) =>
        narrow ? (
          <div className="sn-stack">
            <div className="wo-line">
              <Marks order={found} />
              <Actions order={found} />
            </div>
            <Main order={found} />
            <Side order={found} />
          </div>
        ) : (
          <PageFrame
            title={found.no}
            purpose={found.title}
            back="/console/work-orders"
            mark={<Marks order={found} />}
            action={<Actions order={found} />}
          >
            <Split main={<Main order={found} />} side={<Side order={found} />} />
          </PageFrame>
        )
      }
    </Loaded>
  );
}

function Marks({ order }: { order: OrderDetail }): ReactNode {
  const t = texts.use();
  const open = order.run?.steps.findLast((step) => step.status === "open");
  return (
    <span>
      <OrderStatus status={order.status} /> <Light light={open?.light} />{" "}
      {order.priority === "normal" ? null : <Priority level={order.priority}>{t(order.priority)}</Priority>}
    </span>
  );
}

function Main({ order }: { order: OrderDetail }): ReactNode {
  const t = texts.use();
  return (
    <>
      <Progress order={order} />
      <Section title={t("offers")} flush={order.offers.length > 0}>
        <Offers offers={order.offers} />
      </Section>
      {order.files.length > 0 ? (
        <Section title={t("photos")}>
          <FileList files={order.files} />
        </Section>
      ) : null}
      {order.messages.length > 0 ? (
        <Section title={t("messages")}>
          <ul className="wo-says">
            {order.messages.map((message, index) => (
              <li key={index}>
                <Person name={message.sender_name} note={<Time at={message.at} />} /> {message.text}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t("events")}>
        <History orderId={order.id} />
      </Section>
    </>
  );
}

/** The run step by step, or on the drawing of its flow. */
function Progress({ order }: { order: OrderDetail }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [drawn, setDrawn] = useState(false);
  const { run } = order;
  const both = run && may("flow.read");
  return (
    <Section
      title={t("progress")}
      flush={drawn}
      extra={
        both ? (
          <Segmented
            size="small"
            value={drawn ? "drawn" : "steps"}
            options={[
              { value: "steps", label: t("asSteps") },
              { value: "drawn", label: t("asDrawing") },
            ]}
            onChange={(next) => setDrawn(next === "drawn")}
          />
        ) : null
      }
    >
      {drawn && run ? (
        <RunPicture versionId={run.version_id} steps={run.steps} />
      ) : (
        <RunSteps order={order} />
      )}
    </Section>
  );
}

function Side({ order }: { order: OrderDetail }): ReactNode {
  const t = texts.use();
  const may = useMay();
  return (
    <>
      <Section title={t("facts")}>
        <Facts
          items={[
            { label: t("kind"), value: say(order.kind_name) },
            { label: t("customer"), value: order.customer_name },
            { label: t("phone"), value: <ContactNumber order={order} /> },
            { label: t("address"), value: `${order.city}${order.address}` },
            order.floor !== null && { label: t("floor"), value: t("floorValue", { floor: order.floor }) },
            { label: t("store"), value: [order.region_name, order.unit_name].filter(Boolean).join(" · ") },
            { label: t("worker"), value: <Person name={order.worker_name} /> },
            { label: t("source"), value: t(order.source) },
            { label: t("opened"), value: <Time at={order.opened_at} show="absolute" /> },
            order.facts["高温"] === true && { label: t("hot"), value: t("yes") },
          ]}
        />
      </Section>
      {order.rating === null ? null : (
        <Section title={t("customerSays")}>
          <Rating value={order.rating} />{" "}
          {order.solved === null ? null : (
            <Status tone={order.solved ? "good" : "bad"}>{t(order.solved ? "solvedYes" : "solvedNo")}</Status>
          )}
          {order.rating_comment ? <p>{order.rating_comment}</p> : null}
        </Section>
      )}
      {may("settlement.read") ? (
        <Section title={t("income")}>
          <Income orderId={order.id} total={t("total")} none="—" />
        </Section>
      ) : null}
      <Section title={t("customerPage")}>
        <CustomerLink path={order.customer_link} />
      </Section>
      <Section title={t("participants")}>
        <ul className="wo-says">
          {order.participants.map((person) => (
            <li key={person.staff_id}>
              <Person
                name={person.name}
                note={[person.position || person.unit_name, ...person.why.map((why) => whyOf(t, why))].join(
                  " · ",
                )}
              />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

const WHY = ["created", "offered", "asked", "worker"] as const;

function whyOf(t: ReturnType<typeof texts.use>, why: string): string {
  const known = WHY.find((one) => one === why);
  return known ? t(`why_${known}`) : why;
}
