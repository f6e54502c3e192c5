import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { Explain, type ExplainNode } from "@/kit/Explain";
import { absoluteTime, groupDecimal } from "@/kit/format";
import { useLocale } from "@/kit/i18n";
import { Money } from "@/kit/Money";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import "./settlement.css";
import { StateMark } from "./states";
import { texts } from "./texts";
import { say } from "./words";

type Explanation = Answer<"/api/settlement/earnings/{earning_id}/explanation">;
type Node = Explanation["root"];

/** How one earning came to be: formula, rule, inputs, rounding, plan version, source event, and where the money went. */
export function EarningExplanation({ id }: { id: number }): ReactNode {
  const query = useRead("/api/settlement/earnings/{earning_id}/explanation", { path: { earning_id: id } });
  return <Loaded query={query}>{(data) => <Told explanation={data} />}</Loaded>;
}

function Told({ explanation }: { explanation: Explanation }): ReactNode {
  const t = texts.use();
  const { earning } = explanation;
  return (
    <div className="sn-stack">
      <div className="st-head">
        <Money amount={earning.amount} large />
        <StateMark state={earning.state} />
        <span className="sn-soft">{earning.beneficiary_name}</span>
        {earning.expected_at ? (
          <span className="sn-soft">
            {t("expected")} <Time at={earning.expected_at} show="date" />
          </span>
        ) : null}
      </div>
      <section>
        <h3 className="st-title">{t("howComputed")}</h3>
        <Computation explanation={explanation} />
      </section>
      <Origin explanation={explanation} />
      <Moves explanation={explanation} />
      <Inputs explanation={explanation} />
    </div>
  );
}

function Computation({ explanation }: { explanation: Explanation }): ReactNode {
  const t = texts.use();
  const tree = (node: Node): ExplainNode => ({
    label: say(node.text),
    amount: node.amount,
    formula: say(node.formula),
    facts: [
      ...(node.rule ? [{ label: t("rule"), value: <code>{node.rule}</code> }] : []),
      ...node.facts.map((fact) => ({ label: fact.name, value: shown(fact.value, t) })),
      ...(node.rounding ? [{ label: t("rounding"), value: say(node.rounding) }] : []),
    ],
    children: node.children.map(tree),
  });
  return <Explain tree={tree(explanation.root)} />;
}

function Origin({ explanation }: { explanation: Explanation }): ReactNode {
  const t = texts.use();
  const locale = useLocale();
  const { earning } = explanation;
  const late = earning.period !== earning.origin_period;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t("plan"), `${say(earning.plan_name)} ${t("version", { number: earning.plan_number })}`],
    [t("effectiveFrom"), absoluteTime(new Date(explanation.plan_effective_from), locale)],
    [t("rounding"), say(explanation.rounding)],
    [t("source"), earning.source_title || `${earning.source_kind} ${earning.source_id}`],
    [
      t("sourceEvent"),
      <>
        {explanation.measure === "work_order.completed" ? t("completedEvent") : explanation.measure}{" "}
        <Time at={explanation.input_at} show="absolute" />
      </>,
    ],
    [t("period"), late ? t("latePosting", { period: earning.origin_period }) : earning.period],
    [
      t("bucket"),
      t("bucketChange", {
        before: groupDecimal(explanation.bucket_before),
        after: groupDecimal(explanation.bucket_after),
      }),
    ],
  ];
  return <Rows rows={rows} />;
}

function Rows({ rows }: { rows: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="sn-facts">
      {rows.map(([label, value]) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Moves({ explanation }: { explanation: Explanation }): ReactNode {
  const t = texts.use();
  return (
    <section>
      <h3 className="st-title">{t("moves")}</h3>
      <ol className="st-moves">
        {explanation.moves.map((move) => (
          <li key={`${move.transaction_id}-${say(move.to_text)}`}>
            <span>{t("moved", { from: say(move.from_text), to: say(move.to_text) })}</span>
            <span className="sn-faint">
              #{move.transaction_id} <Time at={move.at} show="absolute" />
            </span>
            <Money amount={move.amount} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Inputs({ explanation }: { explanation: Explanation }): ReactNode {
  const t = texts.use();
  return (
    <details className="st-inputs">
      <summary>
        {t("frozenInputs")} #{explanation.input_id}
      </summary>
      <Rows rows={explanation.inputs.map((fact) => [fact.name, shown(fact.value, t)] as const)} />
    </details>
  );
}

function shown(value: string, t: ReturnType<typeof texts.use>): string {
  if (value === "") return t("unknownValue");
  if (value === "true") return t("yes");
  return value === "false" ? t("no") : value;
}
