import type { Num } from "./numbers";

/** A date of the proleptic Gregorian calendar. */
export class Day {
  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {}
}

/** A time: nanoseconds since midnight, with an offset from UTC in seconds, the name of a zone, or neither. */
export class Clock {
  constructor(
    readonly nanos: number,
    readonly offset: number | null = null,
    readonly zone: string | null = null,
  ) {}
}

/** A date and time. */
export class Moment {
  constructor(
    readonly date: Day,
    readonly time: Clock,
  ) {}
}

/** A days and time duration. */
export class Days {
  constructor(readonly nanos: bigint) {}
}

/** A years and months duration. */
export class Months {
  constructor(readonly months: number) {}
}

/**
 * From `low` to `high`. `isHalf`: made from one end (`> 5`), and the end that is null is no limit; else nothing is
 * known to lie within a range with an end that is null.
 */
export class Span {
  constructor(
    readonly low: Value,
    readonly high: Value,
    readonly lowClosed: boolean,
    readonly highClosed: boolean,
    readonly isHalf = false,
  ) {}
}

/** A function as a value. */
export class Lambda {
  constructor(
    readonly params: readonly string[],
    readonly call: (args: Value[]) => Value,
    readonly isVariadic = false,
  ) {}
}

export type Temporal = Day | Clock | Moment | Days | Months;
export type Context = Map<string, Value>;
export type Value = null | boolean | string | Num | Temporal | Span | Lambda | Context | Value[];
export type Answer = boolean | null;

export function isTemporal(value: unknown): value is Temporal {
  return (
    value instanceof Day ||
    value instanceof Clock ||
    value instanceof Moment ||
    value instanceof Days ||
    value instanceof Months
  );
}
