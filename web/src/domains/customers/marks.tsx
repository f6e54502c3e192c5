import { type ReactNode } from "react";

import { Status, type Tone } from "@/kit/marks";

import { texts } from "./texts";

export type Stage = "lead" | "new" | "active" | "mature" | "dormant" | "churn_warning";
export type Source = "wecom" | "wecom_service" | "shop" | "console" | "file" | "form";

export const STAGES: readonly Stage[] = ["lead", "new", "active", "mature", "dormant", "churn_warning"];
export const SOURCES: readonly Source[] = ["wecom", "wecom_service", "shop", "console", "file", "form"];

const TONES: Readonly<Record<Stage, Tone>> = {
  lead: "neutral",
  new: "active",
  active: "good",
  mature: "good",
  dormant: "warn",
  churn_warning: "bad",
};

export function StageMark({ stage }: { stage: Stage }): ReactNode {
  const t = texts.use();
  return <Status tone={TONES[stage]}>{t(stage)}</Status>;
}
