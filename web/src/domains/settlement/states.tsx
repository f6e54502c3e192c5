import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { Status } from "@/kit/marks";

import { texts } from "./texts";

export type EarningRow = Answer<"/api/settlement/earnings">["items"][number];
export type EarningState = EarningRow["state"];

export const STATES: readonly EarningState[] = ["earned", "confirmed", "withdrawable", "in_transit", "paid"];

const TONES = {
  earned: "warn",
  confirmed: "active",
  withdrawable: "good",
  in_transit: "active",
  paid: "neutral",
} as const;

/** Where an earning stands on its way to the bank account. */
export function StateMark({ state }: { state: EarningState }): ReactNode {
  const t = texts.use();
  return <Status tone={TONES[state]}>{t(`state_${state}`)}</Status>;
}
