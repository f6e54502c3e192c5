import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";

import { texts } from "./texts";
import type { OrderDetail } from "./types";

/** The contact's number, masked until somebody who may asks for it; each look is in the audit log. */
export function ContactNumber({ order }: { order: OrderDetail }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const [phone, setPhone] = useState("");
  const show = () =>
    void api
      .post("/api/work-orders/{order_id}/phone", { path: { order_id: order.id } })
      .then((answer) => setPhone(answer.phone), toast.failed);
  return (
    <span>
      <span className="sn-number">{phone || order.phone_masked || "—"}</span>{" "}
      {order.may_see_phone && !phone ? (
        <button type="button" className="sn-link" onClick={show}>
          {t("showPhone")}
        </button>
      ) : null}
    </span>
  );
}
