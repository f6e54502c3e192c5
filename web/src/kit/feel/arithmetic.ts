import { asMoments, asPoints } from "./compare";
import { FeelUnsupported } from "./errors";
import * as numbers from "./numbers";
import { Num } from "./numbers";
import type { Run } from "./run";
import {
  DAY_NANOS,
  dateOfDay,
  dayAndRest,
  dayNumber,
  floorMod,
  localNanos,
  momentAt,
  offsetOf,
  shiftMonths,
} from "./temporal";
import { Clock, Day, Days, Moment, Months, type Value } from "./values";

const MAX_MONTHS = 12 * 10 ** 10;
const MAX_NANOS = 366n * 10n ** 10n * BigInt(DAY_NANOS);

function asMonths(count: number | bigint): Months | null {
  const size = count < 0 ? -count : count;
  return size <= MAX_MONTHS ? new Months(Number(count)) : null;
}

function asDays(nanos: bigint): Days | null {
  return (nanos < 0n ? -nanos : nanos) <= MAX_NANOS ? new Days(nanos) : null;
}

function isPoint(value: Value): value is Day | Clock | Moment {
  return value instanceof Day || value instanceof Clock || value instanceof Moment;
}

function isDuration(value: Value): value is Days | Months {
  return value instanceof Days || value instanceof Months;
}

function shift(point: Day | Clock | Moment, by: Days | Months, sign: 1 | -1): Value {
  if (by instanceof Months) {
    if (point instanceof Clock) return null;
    const date = shiftMonths(point instanceof Day ? point : point.date, sign * by.months);
    return point instanceof Day ? date : date && new Moment(date, point.time);
  }
  const nanos = BigInt(sign) * by.nanos;
  if (point instanceof Day) {
    const [days] = dayAndRest(BigInt(dayNumber(point)) * BigInt(DAY_NANOS) + nanos);
    return dateOfDay(days);
  }
  if (point instanceof Moment) {
    offsetOf(point.time); // a named zone's clocks are the server's
    return momentAt(localNanos(point) + nanos, point.time);
  }
  const [, rest] = dayAndRest(BigInt(point.nanos) + nanos);
  return new Clock(floorMod(rest, DAY_NANOS), point.offset, point.zone);
}

function distance(left: Value, right: Value): Value {
  if (left instanceof Day && right instanceof Day) {
    return new Days(BigInt(dayNumber(left) - dayNumber(right)) * BigInt(DAY_NANOS));
  }
  const points = asPoints(...(asMoments(left, right) ?? [left, right]));
  return points && new Days(points[0] - points[1]);
}

export function add(run: Run, left: Value, right: Value): Value {
  if (left instanceof Num && right instanceof Num) return numbers.add(left, right);
  if (typeof left === "string" && typeof right === "string") {
    run.text(left.length + right.length);
    return left + right;
  }
  if (isPoint(left) && isDuration(right)) return shift(left, right, 1);
  if (isDuration(left) && isPoint(right)) return shift(right, left, 1);
  if (left instanceof Days && right instanceof Days) return asDays(left.nanos + right.nanos);
  if (left instanceof Months && right instanceof Months) return asMonths(left.months + right.months);
  return null;
}

export function subtract(_run: Run, left: Value, right: Value): Value {
  if (left instanceof Num && right instanceof Num) return numbers.subtract(left, right);
  if (isPoint(left) && isDuration(right)) return shift(left, right, -1);
  if (left instanceof Days && right instanceof Days) return asDays(left.nanos - right.nanos);
  if (left instanceof Months && right instanceof Months) return asMonths(left.months - right.months);
  return isPoint(left) && isPoint(right) ? distance(left, right) : null;
}

function amount(duration: Days | Months): Num {
  return numbers.whole(duration instanceof Days ? duration.nanos : duration.months);
}

function scaled(duration: Days | Months, factor: Num, compute: (a: Num, b: Num) => Num | null): Value {
  const result = compute(amount(duration), factor);
  const count = result && numbers.truncated(result);
  if (count === null) return null;
  return duration instanceof Days ? asDays(count) : asMonths(count);
}

export function multiply(_run: Run, left: Value, right: Value): Value {
  if (left instanceof Num && right instanceof Num) return numbers.multiply(left, right);
  if (isDuration(left) && right instanceof Num) return scaled(left, right, numbers.multiply);
  if (left instanceof Num && isDuration(right)) return scaled(right, left, numbers.multiply);
  return null;
}

export function divide(_run: Run, left: Value, right: Value): Value {
  if (left instanceof Num && right instanceof Num) return numbers.divide(left, right);
  if (isDuration(left) && right instanceof Num) return scaled(left, right, numbers.divide);
  const isPair =
    (left instanceof Days && right instanceof Days) || (left instanceof Months && right instanceof Months);
  return isPair ? numbers.divide(amount(left), amount(right)) : null;
}

export function power(_run: Run, left: Value, right: Value): Value {
  if (!(left instanceof Num && right instanceof Num)) return null;
  const result = numbers.power(left, right);
  if (result === undefined) throw new FeelUnsupported("power with this exponent");
  return result;
}

export function negate(value: Value): Value {
  if (value instanceof Num) return numbers.negated(value);
  if (value instanceof Days) return new Days(-value.nanos);
  return value instanceof Months ? new Months(value.months && -value.months) : null;
}

export const OPERATIONS: Record<string, (run: Run, left: Value, right: Value) => Value> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "**": power,
};
