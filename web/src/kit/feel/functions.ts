import { Decimal } from "decimal.js";

import { compare, equal, kindOf } from "./compare";
import { FeelUnsupported } from "./errors";
import { builtin, type Builtin } from "./fitting";
import { textOf } from "./json";
import { LIST_FUNCTIONS } from "./lists";
import { absolute, isWhole, modulo, multiply, Num, readNumber, rounded, truncated, whole } from "./numbers";
import type { Run } from "./run";
import {
  dateOf,
  dateOfDay,
  dayNumber,
  floorDiv,
  monthsBetween,
  NANOS,
  readDate,
  readDuration,
  readMoment,
  readTime,
  weekday,
} from "./temporal";
import { Clock, Day, Days, Moment, Months, type Context, type Value } from "./values";

const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTH_NAMES =
  "January February March April May June July August September October November December".split(" ");
const TEN_DIGITS = 10 ** 10;

function day(value: Value | undefined): Day {
  return value instanceof Moment ? value.date : (value as Day);
}

function today(run: Run): Day | null {
  return run.now && run.now.date;
}

function small(value: Value | undefined): number | null {
  const isSmall = value instanceof Num && isWhole(value) && value.value.abs().lt(TEN_DIGITS);
  return isSmall ? value.value.toNumber() : null;
}

function rounding(signature: string, mode: Decimal.Rounding) {
  return builtin(signature, (_run, [n, scale]) => {
    const places = scale === undefined ? 0 : Number(truncated(scale as Num) ?? TEN_DIGITS);
    return rounded(n as Num, places, mode);
  });
}

function remainder(a: Num, b: Num): Num | null {
  const rest = modulo(a, b);
  if (rest === undefined) throw new FeelUnsupported("modulo of numbers so far apart");
  return rest;
}

function isEven(value: Value | undefined): boolean | null {
  const n = value as Num;
  return isWhole(n) ? n.value.mod(2).isZero() : null;
}

const NUMERIC = [
  rounding("decimal(n: number, scale: number)", Decimal.ROUND_HALF_EVEN),
  rounding("floor(n: number, scale?: number)", Decimal.ROUND_FLOOR),
  rounding("ceiling(n: number, scale?: number)", Decimal.ROUND_CEIL),
  rounding("round up(n: number, scale: number)", Decimal.ROUND_UP),
  rounding("round down(n: number, scale: number)", Decimal.ROUND_DOWN),
  rounding("round half up(n: number, scale: number)", Decimal.ROUND_HALF_UP),
  rounding("round half down(n: number, scale: number)", Decimal.ROUND_HALF_DOWN),
  builtin("abs(n: value)", (_run, [n]) => {
    if (n instanceof Num) return absolute(n);
    if (n instanceof Days) return new Days(n.nanos < 0n ? -n.nanos : n.nanos);
    return n instanceof Months ? new Months(Math.abs(n.months)) : null;
  }),
  builtin("modulo(dividend: number, divisor: number)", (_run, [a, b]) => remainder(a as Num, b as Num)),
  builtin("odd(number: number)", (_run, [n]) => {
    const even = isEven(n);
    return even === null ? null : !even;
  }),
  builtin("even(number: number)", (_run, [n]) => isEven(n)),
];

function toNumber(from: Value, grouping: Value, decimal: Value): Value {
  if (from instanceof Num) return grouping === null && decimal === null ? from : null;
  let text = from as string;
  const isMark = (value: Value, marks: string[]) =>
    value === null || (typeof value === "string" && marks.includes(value));
  if (!isMark(grouping, [" ", ",", "."]) || !isMark(decimal, [",", "."]) || text.length > 1000) return null;
  if (grouping !== null && grouping === decimal) return null;
  if (typeof grouping === "string") text = text.replaceAll(grouping, "");
  if (typeof decimal === "string") text = text.replaceAll(decimal, ".");
  return /[eE][+-]?\d{7,}$/.test(text) ? null : readNumber(text);
}

function timeOf(args: (Value | undefined)[]): Value {
  const [hours, minutes] = [small(args[0]), small(args[1])];
  const [second, offset = null] = [args[2] as Num, args[3]];
  if (hours === null || minutes === null || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return null;
  if (second.value.lt(0) || second.value.gte(60)) return null;
  const fraction = multiply(second, whole(NANOS));
  const nanos = (hours * 3600 + minutes * 60) * NANOS + (fraction ? fraction.value.trunc().toNumber() : 0);
  if (offset === null) return new Clock(nanos);
  if (!(offset instanceof Days) || offset.nanos % BigInt(NANOS) !== 0n) return null;
  const seconds = Number(offset.nanos / BigInt(NANOS));
  return Math.abs(seconds) <= 18 * 3600 ? new Clock(nanos, seconds) : null;
}

const CONVERSION = [
  builtin("number(from: digits, grouping separator?: Any, decimal separator?: Any)", (_run, args) =>
    toNumber(args[0] ?? null, args[1] ?? null, args[2] ?? null),
  ),
  builtin("string(from: value)", (run, [value = null]) => {
    const text = textOf(value);
    run.text(text.length);
    return text;
  }),
  builtin("date(from: temporal) | date(year: number, month: number, day: number)", (_run, args) => {
    const [first] = args;
    if (typeof first === "string") return readDate(first);
    if (!(first instanceof Num)) return day(first);
    const [year, month, at] = args.map(small);
    return year == null || month == null || at == null ? null : dateOf(year, month, at);
  }),
  builtin(
    "time(from: clock) | time(hour: number, minute: number, second: number, offset?: Any)",
    (_run, args) => {
      const [first = null] = args;
      if (first instanceof Num) return timeOf(args);
      if (typeof first === "string") return readTime(first);
      if (first instanceof Moment) return first.time;
      return first instanceof Day ? new Clock(0, 0) : first;
    },
  ),
  builtin(
    "date and time(from: temporal) | date and time(date: day, time: time)",
    (_run, [first = null, time]) => {
      if (time instanceof Clock) return new Moment(day(first), time);
      if (typeof first === "string") return readMoment(first);
      return first instanceof Day ? new Moment(first, new Clock(0, 0)) : first;
    },
  ),
  builtin("duration(from: string)", (_run, [text]) => readDuration(text as string)),
  builtin(
    "years and months duration(from: day, to: day)",
    (_run, [from, to]) => new Months(monthsBetween(day(from), day(to))),
  ),
];

function yearStart(date: Day): number {
  return dayNumber(new Day(date.year, 1, 1));
}

const TEMPORAL = [
  builtin("now()", (run) => run.now),
  builtin("today()", today),
  builtin("day of year(date: day)", (_run, [at]) => whole(dayNumber(day(at)) - yearStart(day(at)) + 1)),
  builtin("day of week(date: day)", (_run, [at]) => DAY_NAMES[weekday(day(at)) - 1] ?? null),
  builtin("month of year(date: day)", (_run, [at]) => MONTH_NAMES[day(at).month - 1] ?? null),
  builtin("week of year(date: day)", (_run, [at]) => {
    const date = day(at);
    const thursday = dateOfDay(dayNumber(date) - weekday(date) + 4) ?? date;
    return whole(floorDiv(dayNumber(thursday) - yearStart(thursday), 7) + 1);
  }),
  builtin("age in months(birth: day, at?: day)", (run, [birth, at]) => {
    const until = at === undefined ? today(run) : day(at);
    return until && whole(monthsBetween(day(birth), until));
  }),
];

function substring(text: string, start: Num, length: Num | undefined): string | null {
  const from = small(start);
  const letters = Array.from(text);
  if (from === null || from === 0 || Math.abs(from) > letters.length) return null;
  if (length && (length.value.lt(1) || !isWhole(length))) return null;
  const first = from > 0 ? from - 1 : letters.length + from;
  const count = length ? Math.min(length.value.toNumber(), letters.length) : letters.length;
  return letters.slice(first, first + count).join("");
}

function on(compute: (text: string, match: string) => Value) {
  return (_run: Run, [text, match]: (Value | undefined)[]) => compute(text as string, match as string);
}

const TEXT = [
  builtin(
    "substring(string: string, start position: number, length?: number)",
    (_run, [text, start, length]) => substring(text as string, start as Num, length as Num | undefined),
  ),
  builtin("string length(string: string)", (_run, [text]) => whole(Array.from(text as string).length)),
  builtin("upper case(string: string)", (_run, [text]) => (text as string).toUpperCase()),
  builtin("lower case(string: string)", (_run, [text]) => (text as string).toLowerCase()),
  builtin(
    "substring before(string: string, match: string)",
    on((text, match) => (match && text.includes(match) ? text.slice(0, text.indexOf(match)) : "")),
  ),
  builtin(
    "substring after(string: string, match: string)",
    on((text, match) => (text.includes(match) ? text.slice(text.indexOf(match) + match.length) : "")),
  ),
  builtin(
    "contains(string: string, match: string)",
    on((text, match) => text.includes(match)),
  ),
  builtin(
    "starts with(string: string, match: string)",
    on((text, match) => text.startsWith(match)),
  ),
  builtin(
    "ends with(string: string, match: string)",
    on((text, match) => text.endsWith(match)),
  ),
  builtin("string join(list: list, delimiter?: Any)", (run, [list, delimiter = null]) => {
    const words = (list as Value[]).filter((part) => part !== null);
    if (words.some((word) => typeof word !== "string")) return null;
    if (delimiter !== null && typeof delimiter !== "string") return null;
    const joined = words.join(delimiter ?? "");
    run.text(joined.length);
    return joined;
  }),
];

const OTHERS = [
  builtin("not(negand: Any)", (_run, [value]) => (typeof value === "boolean" ? !value : null)),
  builtin("is(value1: Any, value2: Any)", (run, [a = null, b = null]) => {
    if (kindOf(a) !== kindOf(b)) return false;
    if (a instanceof Clock && b instanceof Clock) {
      return a.nanos === b.nanos && a.offset === b.offset && a.zone === b.zone;
    }
    if (a instanceof Moment && b instanceof Moment) {
      const isSameClock = a.time.offset === b.time.offset && a.time.zone === b.time.zone;
      return (
        isSameClock &&
        a.time.nanos === b.time.nanos &&
        compare("<=", a.date, b.date) === compare(">=", a.date, b.date)
      );
    }
    return equal(run, a, b) === true;
  }),
  builtin("get value(m: context, key: Any)", (_run, [m, key]) =>
    typeof key === "string" ? ((m as Context).get(key) ?? null) : null,
  ),
  builtin("get entries(m: context)", (run, [m]) => {
    run.items((m as Context).size);
    return [...(m as Context)].map(
      ([key, value]) =>
        new Map<string, Value>([
          ["key", key],
          ["value", value],
        ]),
    );
  }),
];

/** The standard functions that forms use, by name. What is not here the server has. */
export const FUNCTIONS: ReadonlyMap<string, Builtin> = new Map([
  ...NUMERIC,
  ...CONVERSION,
  ...TEMPORAL,
  ...TEXT,
  ...LIST_FUNCTIONS,
  ...OTHERS,
]);
