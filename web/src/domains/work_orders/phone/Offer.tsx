import { Popup } from "antd-mobile";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";

import { absoluteTime } from "@/kit/format";
import { useLocale } from "@/kit/i18n";
import { Card, PhonePage, PrimaryButton, phoneToast } from "@/kit/phone/PhoneFrame";
import { useSend } from "@/kit/query";

import { Income } from "../Income";
import { phoneTexts } from "../texts";
import type { OrderDetail } from "../types";

const REASONS = ["reasonBusy", "reasonFar", "reasonSkill", "reasonOther"] as const;

/** An offer: the money line by line, and yes or no. */
export function Offer(props: { order: OrderDetail; onDone: () => void; children: ReactNode }): ReactNode {
  const { order, onDone } = props;
  const t = phoneTexts.use();
  const locale = useLocale();
  const navigate = useNavigate();
  const [declining, setDeclining] = useState(false);
  const path = { order_id: order.id };
  const accept = useSend("post", "/api/work-orders/{order_id}/accept", { refresh: ["/api/work-orders"] });
  const decline = useSend("post", "/api/work-orders/{order_id}/decline", {
    refresh: ["/api/my/work-orders"],
  });
  const due = order.run?.steps.find((step) => step.node === "accept" && step.status === "open")?.due_at;

  const failed = (error: unknown) => {
    phoneToast.failed(error);
    onDone();
  };
  const yes = () =>
    accept.mutate(
      { path },
      {
        onSuccess: () => {
          phoneToast.done(t("accepted"));
          onDone();
        },
        onError: failed,
      },
    );
  const no = (reason: string) =>
    decline.mutate(
      { path, body: { reason } },
      {
        onSuccess: () => {
          phoneToast.done(t("declined"));
          void navigate("/m");
        },
        onError: failed,
      },
    );

  return (
    <PhonePage
      title={t("offer")}
      back="/m"
      footer={
        <div className="wo-two">
          <button type="button" className="sn-button sn-button-large" onClick={() => setDeclining(true)}>
            {t("decline")}
          </button>
          <PrimaryButton busy={accept.isPending} onClick={yes}>
            {t("accept")}
          </PrimaryButton>
        </div>
      }
    >
      <Card title={t("income")}>
        <Income orderId={order.id} total={t("total")} none={t("noPlan")} />
        {due ? (
          <p className="sn-soft">{t("answerBy", { time: absoluteTime(new Date(due), locale) })}</p>
        ) : null}
      </Card>
      {props.children}
      <Popup visible={declining} onMaskClick={() => setDeclining(false)} bodyStyle={{ padding: 16 }}>
        <h2 className="sn-card-title">{t("declineTitle")}</h2>
        <p className="sn-soft">{t("declineAsk")}</p>
        <div className="wo-reasons">
          {REASONS.map((reason) => (
            <button
              key={reason}
              type="button"
              className="sn-button sn-button-large"
              disabled={decline.isPending}
              onClick={() => no(t(reason))}
            >
              {t(reason)}
            </button>
          ))}
        </div>
      </Popup>
    </PhonePage>
  );
}
