import { type ReactNode } from "react";

import { Money } from "@/kit/Money";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { say } from "./words";

/** What an order is worth to its field worker, line by line, as settlement computes it. */
export function Income({
  orderId,
  total,
  none,
}: {
  orderId: number;
  total: string;
  none: string;
}): ReactNode {
  const preview = useRead("/api/settlement/work-orders/{order_id}/preview", { path: { order_id: orderId } });
  return (
    <Loaded query={preview} rows={4}>
      {(found) =>
        found.lines.length === 0 ? (
          <p className="sn-soft">{none}</p>
        ) : (
          <dl className="wo-income">
            {found.lines.map((line, index) => (
              <div key={index}>
                <dt>
                  {say(line.text)}
                  <span className="sn-faint sn-number">{say(line.formula, "")}</span>
                </dt>
                <dd>
                  <Money amount={line.amount} signed={index > 0} />
                </dd>
              </div>
            ))}
            <div className="wo-income-total">
              <dt>{total}</dt>
              <dd>
                <Money amount={found.total} large />
              </dd>
            </div>
          </dl>
        )
      }
    </Loaded>
  );
}
