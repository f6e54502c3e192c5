import { listed } from "@/kit/i18n";
import { formatNumber } from "@/kit/format";

import { texts } from "../texts";
import type { Bounds, Setting } from "../types";

export type Value = boolean | number | string | string[];

interface Shape {
  type: string;
  choices: readonly { value: string; name: string }[];
  unit_of_measure?: string;
}

/** A value as people read it. */
export function valueText(shape: Shape, value: unknown): string {
  const named = (one: unknown) => shape.choices.find((choice) => choice.value === one)?.name ?? String(one);
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return texts.t(value ? "yes" : "no");
  if (Array.isArray(value)) return value.length > 0 ? listed(value.map(named)) : "—";
  if (shape.choices.length > 0) return named(value);
  const text =
    shape.type === "integer" || shape.type === "decimal" ? formatNumber(String(value)) : String(value);
  return shape.unit_of_measure ? `${text} ${shape.unit_of_measure}` : text;
}

/** How far a value may go here, in words. */
export function boundsText(setting: Setting, bounds: Bounds = setting.bounds): string {
  const { t } = texts;
  if (bounds.locked) return t("lockedAbove");
  if (bounds.allowed) return listed(bounds.allowed.map((value) => valueText(setting, value)));
  const [min, max] = [bounds.minimum, bounds.maximum].map((one) => (one ? valueText(setting, one) : null));
  if (min && max) return t("between", { min, max });
  if (min) return t("atLeast", { min });
  if (max) return t("atMost", { max });
  return t("anything");
}

export const isNumber = (setting: Setting): boolean =>
  setting.type === "integer" || setting.type === "decimal";
