/** Numbers, money and times as people read them. Pure; amounts stay decimal strings, never floats. */
import type { Locale } from "./i18n";

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** `"12345.5"` → `"12,345.50"`. Keeps more digits than `scale` when the amount has them; other text comes back as it is. */
export function groupDecimal(amount: string | number, scale = 2): string {
  const found = DECIMAL.exec(String(amount).trim());
  if (!found) return String(amount);
  const [, sign = "", whole = "0", fraction = ""] = found;
  const grouped = whole.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ",");
  const kept =
    fraction.length > scale ? fraction.replace(/0+$/, "").padEnd(scale, "0") : fraction.padEnd(scale, "0");
  const minus = sign === "-" && /[1-9]/.test(whole + fraction) ? "−" : "";
  return kept ? `${minus}${grouped}.${kept}` : `${minus}${grouped}`;
}

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", HKD: "HK$" };

export interface MoneyStyle {
  currency?: string;
  /** Show + before what comes in. */
  signed?: boolean;
}

export function formatMoney(amount: string | number, style: MoneyStyle = {}): string {
  const text = groupDecimal(amount);
  const symbol = SYMBOLS[style.currency ?? "CNY"] ?? `${style.currency ?? ""} `;
  if (text.startsWith("−")) return `−${symbol}${text.slice(1)}`;
  return style.signed && /[1-9]/.test(text) ? `+${symbol}${text}` : `${symbol}${text}`;
}

export const formatNumber = (value: number | string, scale = 0): string => groupDecimal(value, scale);

/** `0.4567` → `45.7%`; null when there is nothing to divide by. */
export function formatShare(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? "—"
    : `${(value * 100).toFixed(digits)}%`;
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** “5分钟前”, “in 2 hours”; under a minute it is 刚刚 / just now. */
export function relativeTime(at: Date, now: Date, locale: Locale): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
      return format.format(Math.trunc(seconds / length), unit);
    }
  }
  return locale === "en" ? "just now" : "刚刚";
}

const ABSOLUTE: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
};

export const absoluteTime = (at: Date, locale: Locale, seconds = false): string =>
  new Intl.DateTimeFormat(locale, seconds ? { ...ABSOLUTE, second: "2-digit" } : ABSOLUTE).format(at);

export const dateOnly = (at: Date, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { year: "numeric", month: "2-digit", day: "2-digit" }).format(at);

/** Seconds as the two largest units: `5400` → “1小时30分”, “1 h 30 min”. */
export function duration(seconds: number, locale: Locale): string {
  const names = locale === "en" ? [" d", " h", " min", " s"] : ["天", "小时", "分", "秒"];
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const first = parts.findIndex((part) => part > 0);
  if (first < 0) return `0${names[3]}`;
  const shown = parts
    .slice(first, first + 2)
    .map((part, index) => (part > 0 ? `${part}${names[first + index]}` : ""))
    .filter(Boolean);
  return shown.join(locale === "en" ? " " : "");
}

/** Bytes as people say them: `1536000` → `1.5 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
