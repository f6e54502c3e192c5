import { divide, Num, whole } from "./numbers";
import type { Run } from "./run";
import { dayAndRest, floorDiv, NANOS, offsetOf, weekday } from "./temporal";
import { Clock, Day, Days, Moment, Months, Span, type Value } from "./values";

/** `value.name`: a key of a context, a part of a date; of a list: of every item. null where there is none. */
export function propertyOf(run: Run, value: Value, name: string): Value {
  if (Array.isArray(value)) {
    run.items(value.length);
    return value.map((item) => propertyOf(run, item, name));
  }
  if (value instanceof Map) return value.get(name) ?? null;
  if (value instanceof Day) return datePart(value, name);
  if (value instanceof Moment) return datePart(value.date, name) ?? timePart(value.time, name);
  if (value instanceof Clock) return timePart(value, name);
  if (value instanceof Months) return monthsPart(value.months, name);
  if (value instanceof Days) return daysPart(value.nanos, name);
  return value instanceof Span ? spanPart(value, name) : null;
}

function datePart(date: Day, name: string): Value {
  if (name === "weekday") return whole(weekday(date));
  return name === "year" || name === "month" || name === "day" ? whole(date[name]) : null;
}

function timePart(time: Clock, name: string): Value {
  const seconds = floorDiv(time.nanos, NANOS);
  if (name === "hour") return whole(floorDiv(seconds, 3600));
  if (name === "minute") return whole(floorDiv(seconds, 60) % 60);
  if (name === "second") return secondsOf(seconds % 60, time.nanos % NANOS);
  if (name === "timezone") return time.zone;
  const offset = name === "time offset" ? offsetOf(time) : null;
  return offset === null ? null : new Days(BigInt(offset) * BigInt(NANOS));
}

function secondsOf(seconds: number, nanos: number): Num | null {
  return nanos
    ? divide(whole(BigInt(seconds) * BigInt(NANOS) + BigInt(nanos)), whole(NANOS))
    : whole(seconds);
}

function monthsPart(months: number, name: string): Value {
  if (name === "years") return whole(Math.trunc(months / 12));
  return name === "months" ? whole(months % 12) : null;
}

function daysPart(nanos: bigint, name: string): Value {
  const sign = nanos < 0n ? -1 : 1;
  const [days, rest] = dayAndRest(nanos < 0n ? -nanos : nanos);
  const seconds = floorDiv(rest, NANOS);
  if (name === "days") return whole(sign * days);
  if (name === "hours") return whole(sign * floorDiv(seconds, 3600));
  if (name === "minutes") return whole(sign * (floorDiv(seconds, 60) % 60));
  if (name !== "seconds") return null;
  const part = secondsOf(seconds % 60, rest % NANOS);
  return part && sign < 0 ? new Num(part.value.neg(), part.scale) : part;
}

function spanPart(span: Span, name: string): Value {
  if (name === "start") return span.low;
  if (name === "end") return span.high;
  if (name === "start included") return span.lowClosed;
  return name === "end included" ? span.highClosed : null;
}
