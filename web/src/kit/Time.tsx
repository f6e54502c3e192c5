import { type ReactNode, useEffect, useState } from "react";

import { absoluteTime, dateOnly, duration, relativeTime } from "./format";
import { useLocale } from "./i18n";

/** Draws again every half minute, so that “5分钟前” stays true. */
export function useNow(everyMs = 30_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export interface TimeProps {
  at: string | Date | null | undefined;
  /** `relative` (default) says 5分钟前 with the exact time on hover; `absolute` and `date` say it outright. */
  show?: "relative" | "absolute" | "date";
}

export function Time({ at, show = "relative" }: TimeProps): ReactNode {
  const locale = useLocale();
  const now = useNow();
  if (!at) return <span className="sn-faint">—</span>;
  const moment = new Date(at);
  const exact = absoluteTime(moment, locale, true);
  const text =
    show === "relative"
      ? relativeTime(moment, now, locale)
      : show === "date"
        ? dateOnly(moment, locale)
        : absoluteTime(moment, locale);
  return (
    <time className="sn-time" dateTime={moment.toISOString()} title={exact}>
      {text}
    </time>
  );
}

/** A length of time in seconds: 1小时30分. */
export function Duration({ seconds }: { seconds: number | null | undefined }): ReactNode {
  const locale = useLocale();
  return seconds === null || seconds === undefined ? (
    <span className="sn-faint">—</span>
  ) : (
    <span className="sn-number">{duration(seconds, locale)}</span>
  );
}

/** From–to, both named: comparisons always say their period. */
export function Period({
  from,
  to,
}: {
  from: string | Date | null | undefined;
  to: string | Date | null | undefined;
}): ReactNode {
  const locale = useLocale();
  const side = (at: string | Date | null | undefined) => (at ? dateOnly(new Date(at), locale) : "…");
  return (
    <span className="sn-time">
      {side(from)} – {side(to)}
    </span>
  );
}
