import { type ReactNode, useEffect } from "react";

import { Card } from "@/kit/phone/PhoneFrame";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { phoneTexts } from "../texts";

/** The code the customer scans to confirm; the page moves on by itself once they have. */
export function Scan({ orderId }: { orderId: number }): ReactNode {
  const t = phoneTexts.use();
  // the page before was scrolled down to its signature
  useEffect(() => scrollTo(0, 0), []);
  const code = useRead("/api/work-orders/{order_id}/customer-code", { path: { order_id: orderId } });
  return (
    <Card title={t("scan")}>
      <Loaded query={code}>
        {(found) => (
          <a href={found.path}>
            <img
              className="wo-code"
              alt={t("scan")}
              src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(found.svg)}`}
            />
          </a>
        )}
      </Loaded>
      <p className="sn-soft">{t("scanHint")}</p>
    </Card>
  );
}
