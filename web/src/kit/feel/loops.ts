import { FeelOverBudget } from "./errors";
import { compare } from "./compare";
import { isWhole, Num, whole } from "./numbers";
import { MAX_ITEMS, type Run } from "./run";
import { dateOfDay, dayNumber } from "./temporal";
import { Day, Span, type Value } from "./values";

/** start, start ± 1, … end: whole numbers or days; null for other ends. */
export function steps(run: Run, start: Value, end: Value): Value[] | null {
  const areNumbers = start instanceof Num && end instanceof Num && isWhole(start) && isWhole(end);
  const areDays = start instanceof Day && end instanceof Day;
  if (!areNumbers && !areDays) return null;
  const [first, last] = areNumbers
    ? [BigInt(start.value.toFixed(0)), BigInt(end.value.toFixed(0))]
    : [BigInt(dayNumber(start as Day)), BigInt(dayNumber(end as Day))];
  const step = first <= last ? 1n : -1n;
  const count = (last - first) * step + 1n;
  if (count > BigInt(MAX_ITEMS)) throw new FeelOverBudget(`at most ${MAX_ITEMS} items in a range`);
  run.spend(Number(count));
  return Array.from({ length: Number(count) }, (_none, at) => {
    const number = first + step * BigInt(at);
    return areNumbers ? whole(number) : dateOfDay(Number(number));
  });
}

/** What a loop runs over: a list's items, a range's steps, one value by itself; null for null. */
export function iterated(run: Run, value: Value): Value[] | null {
  if (Array.isArray(value)) return value;
  if (!(value instanceof Span)) return value === null ? null : [value];
  const all = steps(run, value.low, value.high);
  if (all === null || compare("<=", value.low, value.high) !== true) return null;
  return all.slice(value.lowClosed ? 0 : 1, value.highClosed ? all.length : -1);
}
