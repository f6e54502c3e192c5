import { type ReactNode } from "react";

import { Section } from "@/kit/desk/PageFrame";

import "./settlement.css";
import { texts } from "./texts";
import { say } from "./words";

interface Label {
  zh: string;
  en: string;
}

interface Row {
  text: Label;
  amount?: string;
  value?: string;
  when: string | null;
}

/** A plan's component as its document has it. */
export interface Component {
  key: string;
  name: Label;
  base: readonly Row[];
  coefficients: readonly Row[];
  allowances: readonly Row[];
  deductions: readonly Row[];
  combine: "multiply" | "max" | "sum_increments";
}

export interface PlanDocument {
  period: "day" | "iso_week" | "half_month" | "month" | "quarter" | "year" | "once";
  confirmation: { by: "customer" | "manager" | "period_close" };
  rounding: { mode: "half_up" | "half_even" | "down"; scale: number | null };
  facts: Readonly<Record<string, string>>;
  components: readonly Component[];
}

/** The tables of one component: what pays how much under which condition. */
export function PlanComponent({ component }: { component: Component }): ReactNode {
  const t = texts.use();
  return (
    <Section title={say(component.name)}>
      <Table title={t("baseFee")} rows={component.base} />
      <Table
        title={`${t("coefficients")} · ${t(`combine_${component.combine}`)}`}
        rows={component.coefficients}
      />
      <Table title={t("allowances")} rows={component.allowances} />
      <Table title={t("deductions")} rows={component.deductions} />
    </Section>
  );
}

function Table({ title, rows }: { title: string; rows: readonly Row[] }): ReactNode {
  const t = texts.use();
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="st-title">{title}</h3>
      <table className="sn-plain-table st-table">
        <thead>
          <tr>
            <th>{t("what")}</th>
            <th>{t("condition")}</th>
            <th className="st-right">{t("value")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>{say(row.text)}</td>
              <td>{row.when ? <code>{row.when}</code> : <span className="sn-faint">{t("always")}</span>}</td>
              <td className="st-right sn-number">{row.amount ?? row.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
