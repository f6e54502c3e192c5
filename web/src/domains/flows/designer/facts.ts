/** What conditions may speak of: what the flow knows, what its forms ask, how steps were left, what the house knows. */
import type { components } from "@/generated/api";

import { outcomesOf } from "../drawing/ways";
import { type FlowDocument, type FormField, say } from "../types";
import { texts } from "./texts";

export type Declarations = components["schemas"]["Declarations"];

export interface FactChoice {
  name: string;
  type: string;
  text: string;
  options?: { value: string; label: string }[];
}

const FIELD_TYPES: Record<string, string> = {
  number: "number",
  money: "number",
  rating: "number",
  yes_no: "boolean",
  date: "date",
  date_time: "date and time",
  multi_select: "list<string>",
  reference: "number",
};

/** Types of the house's facts as the rule language says them. */
const HOUSE_TYPES: Record<string, string> = {
  text: "string",
  list: "list<string>",
  bool: "boolean",
  money: "number",
  datetime: "date and time",
  id: "number",
};
const feelType = (type: string): string => HOUSE_TYPES[type] ?? type;

const optionsOf = (field: FormField) =>
  field.options?.map((option) => ({ value: option.key, label: say(option.name) }));

export function factsOf(document: FlowDocument, declared: Declarations | undefined): FactChoice[] {
  const found = new Map<string, FactChoice>();
  const add = (fact: FactChoice) => {
    if (!found.has(fact.name)) found.set(fact.name, fact);
  };
  for (const form of document.forms ?? []) {
    for (const field of form.fields) {
      if (!field.fact) continue;
      const text = `${say(field.name)}（${say(form.name)}）`;
      add({ name: field.fact, type: FIELD_TYPES[field.type] ?? "string", text, options: optionsOf(field) });
    }
  }
  for (const node of document.nodes) {
    const outcomes = outcomesOf(node);
    if (outcomes.length < 2) continue;
    add({
      name: `步骤.${node.id}.结果`,
      type: "string",
      text: texts.t("outcomeFact", { name: say(node.name) }),
      options: outcomes.map((one) => ({ value: one.key, label: say(one.name) })),
    });
  }
  for (const fact of declared?.facts ?? []) {
    if (fact.subject === document.subject || fact.subject === "customer") {
      add({ name: fact.name, type: feelType(fact.type), text: say(fact.text) });
    }
  }
  for (const [name, type] of Object.entries(document.facts ?? {})) add({ name, type, text: name });
  return [...found.values()];
}

/** The document with the house's facts declared that a rule speaks of: the engine reads no others. */
export function declaring(
  document: FlowDocument,
  rule: string,
  declared: Declarations | undefined,
): FlowDocument {
  const known = new Set((document.forms ?? []).flatMap((form) => form.fields.map((field) => field.fact)));
  const missing = (declared?.facts ?? []).filter(
    (fact) => rule.includes(fact.name) && !known.has(fact.name) && !(document.facts ?? {})[fact.name],
  );
  if (missing.length === 0) return document;
  const facts = Object.fromEntries(missing.map((fact) => [fact.name, feelType(fact.type)]));
  return { ...document, facts: { ...document.facts, ...facts } };
}
