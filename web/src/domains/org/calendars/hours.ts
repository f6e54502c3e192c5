import { listed } from "@/kit/i18n";
import { texts } from "../texts";

export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
export type Span = readonly string[];

/** `09:00–12:00、13:00–18:00`, or 休息. */
export const hoursText = (spans: readonly Span[]): string =>
  spans.length === 0 ? texts.t("closed") : listed(spans.map(([from, to]) => `${from}–${to}`));
