import { compare, equal, type Order } from "./compare";
import { builtin, type Builtin } from "./fitting";
import { add, divide, isWhole, multiply, Num, whole } from "./numbers";
import type { Run } from "./run";
import { Lambda, type Answer, type Value } from "./values";

type Args = (Value | undefined)[];

function extreme(op: Order) {
  return (run: Run, [list]: Args): Value => {
    const values = list as Value[];
    run.spend(values.length);
    let best = values[0] ?? null;
    for (const value of values.slice(1)) {
      const better = compare(op, value, best);
      if (better === null) return null;
      if (better) best = value;
    }
    return compare("<=", best, best) === true ? best : null;
  };
}

/** The numbers of a list, null when it is empty or has anything else. */
function numbersOf(list: Value | undefined): Num[] | null {
  const values = list as Value[];
  return values.length > 0 && values.every((value) => value instanceof Num) ? values : null;
}

function folded(list: Value | undefined, step: (a: Num, b: Num) => Num | null): Num | null {
  const [first, ...rest] = numbersOf(list) ?? [];
  let result: Num | null = first ?? null;
  for (const number of rest) result = result && step(result, number);
  return result;
}

function median(list: Value | undefined): Num | null {
  const ordered = numbersOf(list)?.toSorted((a, b) => a.value.cmp(b.value)) ?? [];
  const at = Math.floor(ordered.length / 2);
  const [low, high] = [ordered[at - 1], ordered[at]];
  if (ordered.length % 2) return high ?? null;
  const both = low && high ? add(low, high) : null;
  return both && divide(both, whole(2));
}

/** `decisive` if it is there, else null if null is, else its opposite; null where one is not a boolean. */
function settled(list: Value | undefined, decisive: boolean): Answer {
  const values = list as Value[];
  if (values.some((value) => value !== null && typeof value !== "boolean")) return null;
  if (values.includes(decisive)) return decisive;
  return values.includes(null) ? null : !decisive;
}

/** A 1-based position, negative from the end, as an index; null outside. */
export function indexAt(position: Value | undefined, size: number): number | null {
  if (!(position instanceof Num) || !isWhole(position) || position.value.isZero()) return null;
  if (position.value.abs().gt(size)) return null;
  const at = position.value.toNumber();
  return at > 0 ? at - 1 : size + at;
}

function sublist(values: Value[], start: Value | undefined, length: Value | undefined): Value {
  const first = indexAt(start, values.length);
  if (first === null) return null;
  if (!(length instanceof Num)) return values.slice(first);
  if (!isWhole(length) || length.value.lt(1) || length.value.plus(first).gt(values.length)) return null;
  return values.slice(first, first + length.value.toNumber());
}

function concatenated(run: Run, lists: Args): Value[] {
  run.items((lists as Value[][]).reduce((count, list) => count + list.length, 0));
  return (lists as Value[][]).flat(1) as Value[];
}

function distinct(run: Run, values: Value[]): Value[] {
  run.items(values.length);
  const found: Value[] = [];
  for (const value of values) {
    run.spend(found.length);
    if (!found.some((other) => equal(run, value, other) === true)) found.push(value);
  }
  return found;
}

function flattened(run: Run, values: Value[]): Value[] {
  const waiting = values.toReversed();
  const flat: Value[] = [];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    run.spend(1);
    if (Array.isArray(value)) waiting.push(...value.toReversed());
    else flat.push(value);
  }
  run.items(flat.length);
  return flat;
}

/** A stable merge sort; null where two items have no order. */
function sorted(run: Run, values: Value[], precedes: Value | undefined): Value {
  run.items(values.length);
  if (precedes instanceof Lambda && precedes.params.length !== 2) return null;
  const before = (a: Value, b: Value): Answer => {
    run.spend(1);
    const answer = precedes instanceof Lambda ? precedes.call([a, b]) : compare("<", a, b);
    return typeof answer === "boolean" ? answer : null;
  };
  let runs = values.map((value) => [value]);
  while (runs.length > 1) {
    const merged: Value[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const pair = mergedPair(runs[at] ?? [], runs[at + 1] ?? [], before);
      if (!pair) return null;
      merged.push(pair);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function mergedPair(left: Value[], right: Value[], before: (a: Value, b: Value) => Answer): Value[] | null {
  const out: Value[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const isRight = before(right[j] ?? null, left[i] ?? null);
    if (isRight === null) return null;
    out.push((isRight ? right[j++] : left[i++]) ?? null);
  }
  return [...out, ...left.slice(i), ...right.slice(j)];
}

function inserted(
  run: Run,
  values: Value[],
  position: Value | undefined,
  item: Value[],
  skip: number,
): Value {
  const at = indexAt(position, values.length);
  run.items(values.length + 1);
  return at === null ? null : [...values.slice(0, at), ...item, ...values.slice(at + skip)];
}

export const LIST_FUNCTIONS: [string, Builtin][] = [
  builtin("list contains(list: list, element: Any)", (run, [list, element = null]) => {
    run.spend((list as Value[]).length);
    return (list as Value[]).some((value) => equal(run, value, element) === true);
  }),
  builtin("count(list: list)", (_run, [list]) => whole((list as Value[]).length)),
  builtin("min(list: list) | min(c...: Any)", extreme("<")),
  builtin("max(list: list) | max(c...: Any)", extreme(">")),
  builtin("sum(list: list) | sum(n...: Any)", (_run, [list]) => folded(list, add)),
  builtin("product(list: list) | product(n...: Any)", (_run, [list]) => folded(list, multiply)),
  builtin("mean(list: list) | mean(n...: Any)", (_run, [list]) => {
    const sum = folded(list, add);
    return sum && divide(sum, whole((list as Value[]).length));
  }),
  builtin("median(list: list) | median(n...: Any)", (_run, [list]) => median(list)),
  builtin("all(list: list) | all(b...: Any)", (_run, [list]) => settled(list, false)),
  builtin("any(list: list) | any(b...: Any)", (_run, [list]) => settled(list, true)),
  builtin("sublist(list: list, start position: number, length?: number)", (_run, [list, start, length]) =>
    sublist(list as Value[], start, length),
  ),
  builtin("append(list: list, item...: Any)", (run, [list, ...items]) =>
    concatenated(run, [list, items as Value[]]),
  ),
  builtin("concatenate(list...: list)", concatenated),
  builtin("insert before(list: list, position: number, newItem: Any)", (run, [list, position, item = null]) =>
    inserted(run, list as Value[], position, [item], 0),
  ),
  builtin("remove(list: list, position: number)", (run, [list, position]) =>
    inserted(run, list as Value[], position, [], 1),
  ),
  builtin("reverse(list: list)", (run, [list]) => {
    run.items((list as Value[]).length);
    return (list as Value[]).toReversed();
  }),
  builtin("index of(list: list, match: Any)", (run, [list, match = null]) => {
    run.items((list as Value[]).length);
    return (list as Value[]).flatMap((value, at) =>
      equal(run, value, match) === true ? [whole(at + 1)] : [],
    );
  }),
  builtin("union(list...: list)", (run, lists) => distinct(run, concatenated(run, lists))),
  builtin("distinct values(list: list)", (run, [list]) => distinct(run, list as Value[])),
  builtin("flatten(list: list)", (run, [list]) => flattened(run, list as Value[])),
  builtin("sort(list: list, precedes?: function)", (run, [list, precedes]) =>
    sorted(run, list as Value[], precedes),
  ),
];
