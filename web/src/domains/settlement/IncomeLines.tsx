import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { Money } from "@/kit/Money";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import "./settlement.css";
import { texts } from "./texts";
import { say } from "./words";

type Preview = Answer<"/api/settlement/work-orders/{order_id}/preview">;

/** What a work order pays its field worker, line by line, as it will be posted. For phones and the console alike. */
export function IncomeLines({ orderId }: { orderId: number }): ReactNode {
  const query = useRead("/api/settlement/work-orders/{order_id}/preview", { path: { order_id: orderId } });
  return <Loaded query={query}>{(data) => <IncomeTable preview={data} />}</Loaded>;
}

export function IncomeTable({ preview }: { preview: Preview }): ReactNode {
  const t = texts.use();
  if (preview.lines.length === 0) return <p className="sn-soft">{t("noIncome")}</p>;
  return (
    <div className="st-income">
      <ul>
        {preview.lines.map((line, index) => (
          <li key={index}>
            <div>
              <div>{say(line.text)}</div>
              {line.kind === "fee" ? <div className="st-formula">{say(line.formula)}</div> : null}
            </div>
            <span className="sn-number">
              {line.kind === "fee" ? <Money amount={line.amount} /> : say(line.formula)}
            </span>
          </li>
        ))}
      </ul>
      <div className="st-total">
        <span>{t("incomeTotal")}</span>
        <Money amount={preview.total} large />
      </div>
      {preview.plan_name && preview.plan_number ? (
        <p className="sn-faint">
          {t("byPlan", { plan: say(preview.plan_name), number: preview.plan_number })}
        </p>
      ) : null}
    </div>
  );
}
