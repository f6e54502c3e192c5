import { kindOf } from "./compare";
import type { Run } from "./run";
import type { Value } from "./values";

type Given = Value | undefined;
/** Takes the fitted arguments; undefined stands for one that was left out. */
export type Body = (run: Run, args: Given[]) => Value;
export type Builtin = (run: Run, args: Value[], names: string[] | null) => Value;

interface Parameter {
  name: string;
  kinds: string[];
  isAny: boolean;
  isOptional: boolean;
  isVariadic: boolean;
}

const KINDS: Record<string, string[]> = {
  duration: ["days and time duration", "years and months duration"],
  day: ["date", "date and time"],
  digits: ["string", "number"],
  temporal: ["string", "date", "date and time"],
  clock: ["string", "time", "date and time", "date"],
  value: [],
  Any: [],
};

function parameter(written: string): Parameter {
  const [name = "", kind = "Any"] = written.split(": ");
  return {
    name: name.replace(/[?.]+$/, ""),
    kinds: KINDS[kind] ?? [kind],
    isAny: kind === "Any",
    isOptional: name.endsWith("?"),
    isVariadic: name.endsWith("..."),
  };
}

/** The argument as the parameter takes it (a list of one for its item and back); undefined when it does not fit. */
function fit(to: Parameter, value: Value): Given {
  if (to.kinds.length === 0) return value === null && !to.isAny ? undefined : value;
  if (to.kinds.includes(kindOf(value))) return value;
  if (to.kinds[0] === "list") return value === null ? undefined : [value];
  const only = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  return only !== undefined && to.kinds.includes(kindOf(only)) ? only : undefined;
}

/**
 * A function of the table: `signature` is `name(a: kind, b?: kind, c...: kind)`, other forms after ` | `, written as
 * in the table of the server. The form that fits the arguments is taken; where none does, the value is null.
 */
export function builtin(signature: string, body: Body): [string, Builtin] {
  const forms = signature.split(" | ").map((form) =>
    form
      .slice(form.indexOf("(") + 1, form.lastIndexOf(")"))
      .split(", ")
      .filter((written) => written !== "")
      .map(parameter),
  );
  const call: Builtin = (run, args, names) =>
    names === null ? byPosition(forms, body, run, args) : byName(forms, body, run, args, names);
  return [signature.slice(0, signature.indexOf("(")), call];
}

function takes(form: Parameter[], count: number): boolean {
  const least = form.filter((one) => !one.isOptional).length;
  return count >= least && (count <= form.length || form.at(-1)?.isVariadic === true);
}

/** Whether a variadic form stands for a list: `sum(1, 2)` is `sum([1, 2])`. */
function gathers(forms: Parameter[][], form: Parameter[]): boolean {
  return forms.length > 1 && form.length === 1 && form[0]?.isVariadic === true;
}

function byPosition(all: Parameter[][], body: Body, run: Run, args: Value[]): Value {
  let forms = all.filter((form) => takes(form, args.length));
  const first = forms[0];
  if (first === undefined) return null;
  if (args.length === 1 && first[0]?.isVariadic !== true) {
    forms = forms.filter((form) => form[0]?.isVariadic !== true);
  }
  for (const form of forms) {
    const values = args.map((arg, at) => {
      const to = form[at] ?? form.at(-1);
      return to && fit(to, arg);
    });
    if (values.some((value) => value === undefined)) continue;
    return body(run, gathers(all, form) ? [values as Value[]] : values);
  }
  return null;
}

function byName(forms: Parameter[][], body: Body, run: Run, args: Value[], names: string[]): Value {
  for (const form of forms) {
    const given = placed(form, args, names);
    if (given) return body(run, given);
  }
  return null;
}

function placed(form: Parameter[], args: Value[], names: string[]): Given[] | null {
  const known = form.map((one) => one.name);
  if (new Set(names).size < names.length || names.some((name) => !known.includes(name))) return null;
  const unnamed = form.filter((one) => !one.isOptional && !names.includes(one.name));
  if (unnamed.some((one) => one.isVariadic)) return null;
  const given: Given[] = [];
  for (const [at, name] of [...names, ...unnamed.map((one) => one.name)].entries()) {
    const place = known.indexOf(name);
    const to = form[place];
    const arg = args[at] ?? null;
    if (!to) return null;
    const value = to.isVariadic && Array.isArray(arg) && to.kinds[0] !== "list" ? arg : fit(to, arg);
    if (value === undefined) return null;
    given[place] = value;
  }
  // one left out before the last is null, as on the server
  return Array.from(given, (value) => (value === undefined ? null : value));
}
