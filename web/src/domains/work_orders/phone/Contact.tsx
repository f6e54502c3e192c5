import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { Card, phoneToast } from "@/kit/phone/PhoneFrame";

import { phoneTexts } from "../texts";
import type { OrderDetail } from "../types";

/** Calling and finding the way. The number is asked for when it is needed: each look is kept in the audit log. */
export function Contact({ order }: { order: OrderDetail }): ReactNode {
  const t = phoneTexts.use();
  const [phone, setPhone] = useState("");
  const call = () => {
    api.post("/api/work-orders/{order_id}/phone", { path: { order_id: order.id } }).then((answer) => {
      setPhone(answer.phone);
      location.href = `tel:${answer.phone}`;
    }, phoneToast.failed);
  };
  const place = encodeURIComponent(`${order.city}${order.address}`);
  return (
    <Card title={`${order.contact_name} ${phone || order.phone_masked}`}>
      <div className="wo-two">
        <a className="sn-button" href={`https://uri.amap.com/search?keyword=${place}`}>
          {t("map")}
        </a>
        <button type="button" className="sn-button" disabled={!order.may_see_phone} onClick={call}>
          {t("call")}
        </button>
      </div>
    </Card>
  );
}
