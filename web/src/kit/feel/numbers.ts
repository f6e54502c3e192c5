import { Decimal } from "decimal.js";

const LIMITS = { maxE: 6144, minE: -6143, toExpNeg: -9e15, toExpPos: 9e15 };
const D34 = Decimal.clone({ ...LIMITS, precision: 34, rounding: Decimal.ROUND_HALF_EVEN });
/** Wide enough that a product, or the digits before rounding, stay exact. */
const WIDE = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_EVEN });
export const DIGITS = 34;

/** A number and how many decimals it shows: 1.10 and 1.1 are equal, and print as they were made. */
export class Num {
  constructor(
    readonly value: Decimal,
    readonly scale: number,
  ) {}
}

/** The decimals that 34 digits leave room for; null beyond the exponents there are. */
function made(value: Decimal, scale: number): Num | null {
  const rounded = new D34(value).toSignificantDigits(DIGITS);
  if (!rounded.isFinite()) return null;
  const room = rounded.isZero() ? scale : DIGITS - 1 - rounded.e;
  return new Num(rounded, Math.min(scale, room));
}

/** The number of a text of plain or exponent notation. */
export function readNumber(text: string): Num | null {
  const found = /^[+-]?(\d+(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!found) return null;
  const decimals = (found[2] ?? found[3] ?? "").length - Number(found[4] ?? 0);
  return made(new WIDE(text), decimals);
}

export function whole(value: number | bigint): Num {
  return new Num(new D34(value.toString()), 0);
}

export function add(a: Num, b: Num): Num | null {
  return made(D34.add(a.value, b.value), Math.max(a.scale, b.scale));
}

export function subtract(a: Num, b: Num): Num | null {
  return made(D34.sub(a.value, b.value), Math.max(a.scale, b.scale));
}

export function multiply(a: Num, b: Num): Num | null {
  return made(D34.mul(a.value, b.value), a.scale + b.scale);
}

/** Exact quotients show as few decimals as they can, but no fewer than dividend less divisor. */
export function divide(a: Num, b: Num): Num | null {
  if (b.value.isZero()) return null;
  const quotient = D34.div(a.value, b.value);
  const ideal = a.scale - b.scale;
  if (!quotient.isFinite()) return null;
  if (quotient.isZero()) return new Num(quotient, ideal);
  const isExact = WIDE.mul(quotient, b.value).eq(a.value);
  const fewest = quotient.precision() - 1 - quotient.e;
  return made(quotient, isExact ? Math.max(ideal, fewest) : DIGITS - 1 - quotient.e);
}

/** A power with a whole exponent up to 1,000; undefined for others. */
export function power(base: Num, exponent: Num): Num | null | undefined {
  if (!isWhole(exponent) || exponent.value.abs().gt(1000)) return undefined;
  const times = exponent.value.toNumber();
  if (base.value.isZero() && times < 0) return null;
  if (times === 0) return whole(1);
  if (times >= 0) return made(WIDE.pow(base.value, times), base.scale * times);
  const one = divide(whole(1), base);
  const turned = WIDE.div(1, base.value);
  const isExact = one !== null && turned.eq(one.value);
  return made(WIDE.pow(turned, -times), isExact ? one.scale * -times : Number.MAX_SAFE_INTEGER);
}

export function negated(a: Num): Num {
  return new Num(a.value.isZero() ? a.value.abs() : a.value.neg(), a.scale);
}

export function absolute(a: Num): Num {
  return new Num(a.value.abs(), a.scale);
}

/** At `scale` decimals, rounded as `mode` (a rounding of decimal.js) says. */
export function rounded(a: Num, scale: number, mode: Decimal.Rounding): Num | null {
  if (scale < -6111 || scale > 6176) return null;
  if (scale >= 0) return made(new WIDE(a.value).toDecimalPlaces(scale, mode), scale);
  const unit = WIDE.pow(10, -scale);
  return made(WIDE.div(a.value, unit).toDecimalPlaces(0, mode).times(unit), scale);
}

/** dividend - divisor × floor(dividend / divisor); undefined where that needs more digits than are kept. */
export function modulo(a: Num, b: Num): Num | null | undefined {
  if (b.value.isZero()) return null;
  if (!a.value.isZero() && a.value.e - b.value.e > 50) return undefined;
  const rest = new WIDE(a.value).mod(b.value);
  const answer = !rest.isZero() && rest.isNeg() !== b.value.isNeg() ? rest.plus(b.value) : rest;
  return made(answer, Math.max(a.scale, b.scale));
}

export function isWhole(a: Num): boolean {
  return a.value.isInteger();
}

/** The whole part of a number that durations can hold. */
export function truncated(a: Num): bigint | null {
  return a.value.e < DIGITS ? BigInt(a.value.trunc().toFixed(0)) : null;
}

/** All digits, without an exponent. */
export function numberText(a: Num): string {
  return a.value.isZero() ? "0" : a.value.toFixed(Math.max(a.scale, 0));
}

/** As `numberText`, with an exponent where there are more than 50 decimals or zeros. */
export function numberJson(a: Num): string {
  if (Math.abs(a.scale) <= 50 || a.value.isZero()) return numberText(a);
  const shown = a.value.precision() + a.scale - (a.value.precision() - 1 - a.value.e);
  return a.value.toExponential(shown - 1).replace("e", "E");
}
