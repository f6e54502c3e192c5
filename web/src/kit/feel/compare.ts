import { Num } from "./numbers";
import type { Run } from "./run";
import { instant, localNanos, timeInstant, dayNumber } from "./temporal";
import { Clock, Day, Days, Lambda, Moment, Months, Span, type Answer, type Value } from "./values";

export type Order = "<" | "<=" | ">" | ">=";

/** What sort of value it is, for questions about two values of one sort. */
export function kindOf(value: Value): string {
  if (value === null) return "Null";
  if (typeof value !== "object") return typeof value;
  if (Array.isArray(value)) return "list";
  if (value instanceof Num) return "number";
  if (value instanceof Day) return "date";
  if (value instanceof Clock) return "time";
  if (value instanceof Moment) return "date and time";
  if (value instanceof Days) return "days and time duration";
  if (value instanceof Months) return "years and months duration";
  if (value instanceof Span) return "range";
  return value instanceof Lambda ? "function" : "context";
}

/** By code points, as Python orders texts. */
function compareTexts(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const step = (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? 0);
    if (step !== 0) return Math.sign(step);
  }
  return Math.sign(a.length - b.length);
}

function compareBig(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Two points as numbers; null when only one of them has an offset. */
export function asPoints(left: Value, right: Value): [bigint, bigint] | null {
  if (left instanceof Moment && right instanceof Moment) {
    const [a, b] = [instant(left), instant(right)];
    if (a === null && b === null) return [localNanos(left), localNanos(right)];
    return a === null || b === null ? null : [a, b];
  }
  if (left instanceof Clock && right instanceof Clock) {
    const [a, b] = [timeInstant(left), timeInstant(right)];
    if (a === null && b === null) return [BigInt(left.nanos), BigInt(right.nanos)];
    return a === null || b === null ? null : [a, b];
  }
  return null;
}

/** A date and a date and time, the date as its midnight in UTC. */
export function asMoments(left: Value, right: Value): [Moment, Moment] | null {
  if (left instanceof Day && right instanceof Moment) return [new Moment(left, new Clock(0, 0)), right];
  if (left instanceof Moment && right instanceof Day) return [left, new Moment(right, new Clock(0, 0))];
  return null;
}

/** Less than 0, 0 or more for two values of one ordered kind; null where there is no order. */
function order(left: Value, right: Value): number | null {
  if (left instanceof Num && right instanceof Num) return left.value.cmp(right.value);
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  if (left instanceof Day && right instanceof Day) return Math.sign(dayNumber(left) - dayNumber(right));
  if (left instanceof Days && right instanceof Days) return compareBig(left.nanos, right.nanos);
  if (left instanceof Months && right instanceof Months) return Math.sign(left.months - right.months);
  const moments = asMoments(left, right);
  const points = asPoints(...(moments ?? [left, right]));
  return points && compareBig(...points);
}

/** Of two points of which one has an offset: the other counts as of that offset too. */
function localOrder(left: Value, right: Value): number | null {
  if (left instanceof Clock && right instanceof Clock) return Math.sign(left.nanos - right.nanos);
  const [a, b] = asMoments(left, right) ?? [left, right];
  return a instanceof Moment && b instanceof Moment ? compareBig(localNanos(a), localNanos(b)) : null;
}

/** `left op right`: null unless both are of one ordered kind. */
export function compare(op: Order, left: Value, right: Value): Answer {
  const found = order(left, right) ?? localOrder(left, right);
  if (found === null) return null;
  if (op === "<") return found < 0;
  if (op === "<=") return found <= 0;
  return op === ">" ? found > 0 : found >= 0;
}

/** `left = right`: null when the kinds differ, except that nothing but null equals null. */
export function equal(run: Run, left: Value, right: Value): Answer {
  if (left === null || right === null) return left === right;
  const moments = asMoments(left, right);
  if (moments) return equal(run, ...moments);
  if (kindOf(left) !== kindOf(right)) return null;
  if (typeof left === "boolean" || left instanceof Lambda) return left === right;
  if (Array.isArray(left) && Array.isArray(right)) {
    run.spend(4 * left.length + 4);
    return left.length === right.length && allEqual(run, left, right);
  }
  if (left instanceof Map && right instanceof Map) {
    run.spend(4 * left.size + 4);
    const keys = [...left.keys()];
    if (left.size !== right.size || keys.some((key) => !right.has(key))) return false;
    return allEqual(
      run,
      keys.map((key) => left.get(key) ?? null),
      keys.map((key) => right.get(key) ?? null),
    );
  }
  if (left instanceof Span && right instanceof Span) {
    if (left.lowClosed !== right.lowClosed || left.highClosed !== right.highClosed) return false;
    if (left.isHalf !== right.isHalf) return false;
    return allEqual(run, [left.low, left.high], [right.low, right.high]);
  }
  return order(left, right) === 0;
}

function allEqual(run: Run, left: Value[], right: Value[]): Answer {
  let answer: Answer = true;
  for (const [at, value] of left.entries()) {
    const same = equal(run, value, right[at] ?? null);
    if (same === false) return false;
    if (same === null) answer = null;
  }
  return answer;
}

/** Three-valued `and`. */
export function both(left: Answer, right: Answer): Answer {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : null;
}

/** Whether a range holds a value: false or null where one of its ends is null. */
export function inSpan(value: Value, span: Span): Answer {
  const within = (op: Order, end: Value) => (end === null && span.isHalf) || compare(op, value, end);
  const low = within(span.lowClosed ? ">=" : ">", span.low);
  return low === false ? false : both(low, within(span.highClosed ? "<=" : "<", span.high));
}

/** Whether `value` passes a test that evaluated to `test`: equal to it, in it, or within it. */
export function holds(run: Run, value: Value, test: Value): Answer {
  if (test instanceof Span && !(value instanceof Span)) return inSpan(value, test);
  if (!Array.isArray(test)) return equal(run, value, test);
  run.spend(test.length);
  if (Array.isArray(value) && equal(run, value, test) === true) return true;
  return test.some((one) =>
    one instanceof Span && !(value instanceof Span)
      ? inSpan(value, one) === true
      : equal(run, value, one) === true,
  );
}
