import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Segmented, Select } from "antd";
import { type ReactNode } from "react";

import type { FactChoice } from "./facts";
import { texts } from "./texts";

export interface DrawnRule {
  field: string;
  operator: string;
  value: unknown;
  valueSource?: string;
}

/** A rule as the server's builder knows it (the tree of react-querybuilder). */
export interface Drawn {
  combinator: "and" | "or";
  not: boolean;
  rules: (DrawnRule | Drawn)[];
}

const UNARY = new Set(["null", "notNull"]);
const OPERATORS: Record<string, string> = {
  "=": "op_eq",
  "!=": "op_ne",
  ">": "op_gt",
  ">=": "op_ge",
  "<": "op_lt",
  "<=": "op_le",
  in: "op_in",
  contains: "op_contains",
  null: "op_null",
  notNull: "op_notNull",
};
type Op =
  | "op_eq"
  | "op_ne"
  | "op_gt"
  | "op_ge"
  | "op_lt"
  | "op_le"
  | "op_in"
  | "op_contains"
  | "op_null"
  | "op_notNull";

function operatorsFor(fact: FactChoice | undefined): string[] {
  const always = ["=", "!=", "null", "notNull"];
  if (!fact) return always;
  if (fact.type === "boolean") return ["=", "null"];
  if (fact.type === "number" || fact.type.startsWith("date"))
    return [">=", "<", ">", "<=", "=", "!=", "null", "notNull"];
  if (fact.options) return ["=", "!=", "in", "null", "notNull"];
  return ["=", "!=", "in", "contains", "null", "notNull"];
}

/** The group when the builder here can draw it: one level, values only. */
export function drawable(group: Drawn | null): Drawn | null {
  if (!group || group.not) return null;
  const plain = group.rules.every(
    (rule) => !("rules" in rule) && rule.valueSource !== "field" && rule.operator in OPERATORS,
  );
  return plain ? group : null;
}

export const whole = (group: Drawn): boolean =>
  group.rules.every(
    (rule) =>
      !("rules" in rule) &&
      rule.field &&
      (UNARY.has(rule.operator) || (Array.isArray(rule.value) ? rule.value.length > 0 : filled(rule.value))),
  );
const filled = (value: unknown): boolean => value !== "" && value !== null && value !== undefined;

interface Props {
  facts: readonly FactChoice[];
  value: Drawn;
  onChange: (group: Drawn) => void;
}

/** Conditions one under the other: what, how, which value. */
export function RuleBuilder({ facts, value, onChange }: Props): ReactNode {
  const t = texts.use();
  const rules = value.rules.filter((rule): rule is DrawnRule => !("rules" in rule));
  const set = (at: number, rule: DrawnRule) =>
    onChange({ ...value, rules: rules.map((one, index) => (index === at ? rule : one)) });
  return (
    <div className="fd-lines">
      {rules.length > 1 ? (
        <Segmented
          size="small"
          value={value.combinator}
          options={[
            { value: "and", label: t("allRules") },
            { value: "or", label: t("anyRules") },
          ]}
          onChange={(combinator) => onChange({ ...value, combinator: combinator as Drawn["combinator"] })}
        />
      ) : null}
      {rules.map((rule, index) => (
        <div key={index} className="fd-line">
          <div className="fd-line-body fd-condition">
            <One facts={facts} rule={rule} onChange={(next) => set(index, next)} />
          </div>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t("remove")}
            onClick={() => onChange({ ...value, rules: rules.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        onClick={() => onChange({ ...value, rules: [...rules, { field: "", operator: "=", value: "" }] })}
      >
        + {t("addCondition")}
      </Button>
    </div>
  );
}

function One({
  facts,
  rule,
  onChange,
}: {
  facts: readonly FactChoice[];
  rule: DrawnRule;
  onChange: (rule: DrawnRule) => void;
}): ReactNode {
  const t = texts.use();
  const fact = facts.find((one) => one.name === rule.field);
  return (
    <>
      <Select
        aria-label={t("pickFact")}
        placeholder={t("pickFact")}
        value={rule.field || undefined}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        options={facts.map((one) => ({ value: one.name, label: one.text }))}
        onChange={(field: string) => {
          const chosen = facts.find((one) => one.name === field);
          const [operator = "="] = operatorsFor(chosen);
          onChange({ field, operator, value: chosen?.type === "boolean" ? true : "" });
        }}
      />
      <Select
        aria-label={t("condition")}
        value={rule.operator}
        options={operatorsFor(fact).map((one) => ({ value: one, label: t(OPERATORS[one] as Op) }))}
        onChange={(operator: string) =>
          onChange({
            ...rule,
            operator,
            value: UNARY.has(operator)
              ? null
              : operator === "in"
                ? []
                : Array.isArray(rule.value)
                  ? ""
                  : rule.value,
          })
        }
      />
      {UNARY.has(rule.operator) ? null : (
        <Value fact={fact} rule={rule} onChange={(value) => onChange({ ...rule, value })} />
      )}
    </>
  );
}

function Value({
  fact,
  rule,
  onChange,
}: {
  fact: FactChoice | undefined;
  rule: DrawnRule;
  onChange: (value: unknown) => void;
}): ReactNode {
  const t = texts.use();
  const label = t("value");
  if (rule.operator === "in") {
    return (
      <Select
        aria-label={label}
        mode="tags"
        className="fd-wide"
        value={(rule.value as string[] | undefined) ?? []}
        options={fact?.options}
        onChange={onChange}
      />
    );
  }
  if (fact?.type === "boolean") {
    return (
      <Select
        aria-label={label}
        value={rule.value !== false}
        options={[
          { value: true, label: t("yes") },
          { value: false, label: t("no") },
        ]}
        onChange={onChange}
      />
    );
  }
  if (fact?.options) {
    return (
      <Select aria-label={label} value={rule.value || undefined} options={fact.options} onChange={onChange} />
    );
  }
  if (fact?.type === "number") {
    return (
      <InputNumber<string>
        aria-label={label}
        stringMode
        value={String(rule.value ?? "")}
        onChange={(value) => onChange(value === null ? "" : String(value))}
      />
    );
  }
  return (
    <Input
      aria-label={label}
      type={fact?.type === "date" ? "date" : "text"}
      value={String(rule.value ?? "")}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
