import { FeelUnsupported } from "./errors";
import { Clock, Day, Days, Moment, Months, type Temporal } from "./values";

const MAX_YEAR = 999_999_999;
const MAX_OFFSET = 18 * 3600;
export const NANOS = 1_000_000_000;
export const DAY_NANOS = 86_400 * NANOS;
const DAY = BigInt(DAY_NANOS);

const DATE = /^(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)$/;
const TIME =
  /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,18}))?(?:([Zz])|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([A-Za-z][\w+\-/]{0,63}))?$/;
const DAYS =
  /^(-?)P(?=[\dT])(?:(\d{1,15})D)?(?:T(?=\d)(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d{1,18}))?S)?)?$/;
const MONTHS = /^(-?)P(?=\d)(?:(\d{1,15})Y)?(?:(\d{1,15})M)?$/;

export function floorDiv(a: number, b: number): number {
  return Math.floor(a / b);
}

export function floorMod(a: number, b: number): number {
  return a - b * Math.floor(a / b);
}

function monthDays(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The date, or null when there is no such day. */
export function dateOf(year: number, month: number, day: number): Day | null {
  const isThere = Math.abs(year) <= MAX_YEAR && month >= 1 && month <= 12 && day >= 1;
  return isThere && day <= monthDays(year, month) ? new Day(year, month, day) : null;
}

/** Days from 1970-01-01. */
export function dayNumber(date: Day): number {
  const year = date.month <= 2 ? date.year - 1 : date.year;
  const era = floorDiv(year, 400);
  const inEra = year - era * 400;
  const month = date.month > 2 ? date.month - 3 : date.month + 9;
  const inYear = floorDiv(153 * month + 2, 5) + date.day - 1;
  return era * 146_097 + inEra * 365 + floorDiv(inEra, 4) - floorDiv(inEra, 100) + inYear - 719_468;
}

export function dateOfDay(number: number): Day | null {
  const era = floorDiv(number + 719_468, 146_097);
  const inEra = number + 719_468 - era * 146_097;
  const ofEra = floorDiv(
    inEra - floorDiv(inEra, 1_460) + floorDiv(inEra, 36_524) - floorDiv(inEra, 146_096),
    365,
  );
  const inYear = inEra - (365 * ofEra + floorDiv(ofEra, 4) - floorDiv(ofEra, 100));
  const shifted = floorDiv(5 * inYear + 2, 153);
  const day = inYear - floorDiv(153 * shifted + 2, 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return dateOf(ofEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/** 1 Monday to 7 Sunday. */
export function weekday(date: Day): number {
  return floorMod(dayNumber(date) + 3, 7) + 1;
}

/** The same day some months later, or the last day of a shorter month. */
export function shiftMonths(date: Day, months: number): Day | null {
  const count = date.year * 12 + date.month - 1 + months;
  const year = floorDiv(count, 12);
  const month = floorMod(count, 12) + 1;
  return dateOf(year, month, Math.min(date.day, monthDays(year, month)));
}

/** Whole months from one day to another, towards zero. */
export function monthsBetween(first: Day, last: Day): number {
  const months = (last.year - first.year) * 12 + last.month - first.month;
  if (months > 0 && last.day < first.day) return months - 1;
  return months < 0 && last.day > first.day ? months + 1 : months;
}

/** Seconds from UTC; null for a local time. The rules of named zones are left to the server. */
export function offsetOf(time: Clock): number | null {
  if (time.zone !== null) throw new FeelUnsupported(`time zone ${time.zone}`);
  return time.offset;
}

export function localNanos(value: Moment): bigint {
  return BigInt(dayNumber(value.date)) * DAY + BigInt(value.time.nanos);
}

/** Nanoseconds from 1970-01-01T00:00:00Z, null for a local date and time. */
export function instant(value: Moment): bigint | null {
  const offset = offsetOf(value.time);
  return offset === null ? null : localNanos(value) - BigInt(offset) * BigInt(NANOS);
}

export function timeInstant(value: Clock): bigint | null {
  const offset = offsetOf(value);
  return offset === null ? null : BigInt(value.nanos) - BigInt(offset) * BigInt(NANOS);
}

/** `nanos` as whole days and what is left of one. */
export function dayAndRest(nanos: bigint): [number, number] {
  let day = nanos / DAY;
  if (nanos % DAY < 0n) day -= 1n;
  return [Number(day), Number(nanos - day * DAY)];
}

export function momentAt(nanos: bigint, like: Clock): Moment | null {
  const [day, rest] = dayAndRest(nanos);
  const date = dateOfDay(day);
  return date && new Moment(date, new Clock(rest, like.offset, like.zone));
}

export function readDate(text: string): Day | null {
  const found = DATE.exec(text);
  if (!found || found[1] === "-0000") return null;
  return dateOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

function fraction(digits: string | undefined): number {
  return Number((digits ?? "").padEnd(9, "0").slice(0, 9));
}

export function readTime(text: string): Clock | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const nanos = (hour * 3600 + minute * 60 + second) * NANOS + fraction(found[4]);
  if (found[5]) return new Clock(nanos, 0);
  if (found[10]) throw new FeelUnsupported(`time zone ${found[10]}`);
  if (!found[6]) return new Clock(nanos);
  const [minutes, seconds] = [Number(found[8]), Number(found[9] ?? 0)];
  const offset = Number(found[7]) * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || offset > MAX_OFFSET) return null;
  return new Clock(nanos, found[6] === "-" && offset ? -offset : offset);
}

/** A date and time; a date alone is its midnight. */
export function readMoment(text: string): Moment | null {
  const at = text.indexOf("T");
  const date = readDate(at < 0 ? text : text.slice(0, at));
  const time = at < 0 ? new Clock(0) : readTime(text.slice(at + 1));
  return date && time && new Moment(date, time);
}

export function readDuration(text: string): Days | Months | null {
  const months = MONTHS.exec(text);
  if (months) {
    const count = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return new Months(months[1] && count ? -count : count);
  }
  const days = DAYS.exec(text);
  if (!days) return null;
  const part = (at: number) => BigInt(days[at] ?? 0);
  const seconds = part(2) * 86_400n + part(3) * 3600n + part(4) * 60n + part(5);
  const nanos = seconds * BigInt(NANOS) + BigInt(fraction(days[6]));
  return new Days(days[1] ? -nanos : nanos);
}

/** What @"text" stands for, or null when it is none of the kinds. */
export function readTemporal(text: string): Temporal | null {
  if (text.startsWith("P") || text.startsWith("-P")) return readDuration(text);
  if ((text.split("@")[0] ?? "").includes("T")) return readMoment(text);
  return text[2] === ":" ? readTime(text) : readDate(text);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

export function dateText(date: Day): string {
  const year = String(Math.abs(date.year)).padStart(4, "0");
  return `${date.year < 0 ? "-" : ""}${year}-${two(date.month)}-${two(date.day)}`;
}

function decimals(nanos: number): string {
  return nanos ? `.${String(nanos).padStart(9, "0").replace(/0+$/, "")}` : "";
}

function offsetText(seconds: number): string {
  if (seconds === 0) return "Z";
  const size = Math.abs(seconds);
  const text = `${seconds < 0 ? "-" : "+"}${two(floorDiv(size, 3600))}:${two(floorDiv(size, 60) % 60)}`;
  return size % 60 ? `${text}:${two(size % 60)}` : text;
}

function timeText(time: Clock): string {
  const seconds = floorDiv(time.nanos, NANOS);
  const clock = [floorDiv(seconds, 3600), floorDiv(seconds, 60) % 60, seconds % 60].map(two).join(":");
  const text = clock + decimals(time.nanos % NANOS);
  if (time.zone !== null) return `${text}@${time.zone}`;
  return time.offset === null ? text : text + offsetText(time.offset);
}

function monthsText(value: Months): string {
  const size = Math.abs(value.months);
  const years = size >= 12 ? `${floorDiv(size, 12)}Y` : "";
  const months = size % 12 ? `${size % 12}M` : "";
  return `${value.months < 0 ? "-" : ""}P${years + months || "0M"}`;
}

function daysText(value: Days): string {
  const [days, rest] = dayAndRest(value.nanos < 0n ? -value.nanos : value.nanos);
  const seconds = floorDiv(rest, NANOS);
  const hours = floorDiv(seconds, 3600);
  const minutes = floorDiv(seconds, 60) % 60;
  let clock = (hours ? `${hours}H` : "") + (minutes ? `${minutes}M` : "");
  if (seconds % 60 || rest % NANOS) clock += `${seconds % 60}${decimals(rest % NANOS)}S`;
  const text = (days ? `${days}D` : "") + (clock ? `T${clock}` : "");
  return `${value.nanos < 0n ? "-" : ""}P${text || "T0S"}`;
}

/** The canonical text, as `string()` gives it. */
export function temporalText(value: Temporal): string {
  if (value instanceof Day) return dateText(value);
  if (value instanceof Clock) return timeText(value);
  if (value instanceof Moment) return `${dateText(value.date)}T${timeText(value.time)}`;
  return value instanceof Months ? monthsText(value) : daysText(value);
}
