import { FeelError, FeelUnsupported } from "./errors";
import { Num, numberJson, numberText, readNumber } from "./numbers";
import { readTemporal, temporalText } from "./temporal";
import { isTemporal, Lambda, Span, type Context, type Value } from "./values";

const MAX_NESTING = 100;

/**
 * What a form holds as FEEL values: numbers count with the digits JavaScript shows, `{"n": "12.50"}` with its own,
 * `{"@": "2026-11-22"}` is a date, time or duration, other objects are contexts; undefined and NaN are null.
 */
export function adopt(value: unknown, depth = 0): Value {
  if (depth > MAX_NESTING) throw new FeelError("the data is nested too deeply");
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return readNumber(String(value));
  if (value instanceof Num || value instanceof Span || value instanceof Lambda || isTemporal(value))
    return value;
  if (Array.isArray(value)) return value.map((item) => adopt(item, depth + 1));
  if (typeof value !== "object") throw new FeelError(`a ${typeof value} is not a FEEL value`);
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  if (entries.length === 1 && typeof entries[0]?.[1] === "string") {
    const [key, text] = entries[0] as [string, string];
    if (key === "@") return marked(text);
    if (key === "n") return readNumber(text);
  }
  const made: Context = new Map();
  for (const [key, below] of entries) made.set(String(key), adopt(below, depth + 1));
  return made;
}

function marked(text: string): Value {
  const value = readTemporal(text);
  if (value === null) throw new FeelError(`'${text}' is not a date, time or duration`);
  return value;
}

/** A constant of a tree. */
export function constant(value: unknown): Value {
  if (typeof value !== "object" || value === null) return value as boolean | null;
  const { n, s, ["@"]: at } = value as { n?: string; s?: string; "@"?: string };
  if (n !== undefined) return readNumber(n);
  return s ?? marked(at ?? "");
}

/** A value as one line of JSON, as the command line prints it: no digit of a number is lost. */
export function jsonText(value: Value): string {
  if (value instanceof Num) return numberJson(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(", ")}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item)}`).join(", ")}}`;
  }
  if (isTemporal(value)) return mark(temporalText(value));
  if (value instanceof Span) return mark(spanText(value));
  if (value instanceof Lambda) return mark(`function(${value.params.join(", ")})`);
  return JSON.stringify(value);
}

function mark(text: string): string {
  return `{"@": ${JSON.stringify(text)}}`;
}

/** The text of a value, as `string()` gives it; strings inside lists are quoted. */
export function textOf(value: Value): string {
  return typeof value === "string" ? value : innerText(value);
}

function innerText(value: Value): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (value instanceof Num) return numberText(value);
  if (typeof value === "string") {
    if (/["\\\p{C}]/u.test(value)) throw new FeelUnsupported("string of a list with marks in its texts");
    return `"${value}"`;
  }
  if (isTemporal(value)) return temporalText(value);
  if (Array.isArray(value)) return `[${value.map(innerText).join(", ")}]`;
  if (value instanceof Span) return spanText(value);
  throw new FeelUnsupported(value instanceof Map ? "string of a context" : "string of a function");
}

function spanText(span: Span): string {
  const end = (value: Value) =>
    value === null && span.isHalf ? "" : isTemporal(value) ? `@"${temporalText(value)}"` : innerText(value);
  return `${span.lowClosed ? "[" : "("}${end(span.low)}..${end(span.high)}${span.highClosed ? "]" : ")"}`;
}
