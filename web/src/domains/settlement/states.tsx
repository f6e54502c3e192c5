import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { Status } from "@/kit/marks";

import { texts } from "./texts";

export type EarningRow = Answer<"/api/settlement/earnings">["items"][number];
export type EarningState = EarningRow["state"];

/** The way of cash; what is for promotion only ends elsewhere. */
export const STATES = ["earned", "confirmed", "withdrawable", "in_transit", "paid"] as const;

const TONES = {
  earned: "warn",
  confirmed: "active",
  withdrawable: "good",
  in_transit: "active",
  paid: "neutral",
  spendable: "good",
} as const;

/** Where an earning stands on its way to the bank account. */
export function StateMark({ state }: { state: EarningState }): ReactNode {
  const t = texts.use();
  return <Status tone={TONES[state]}>{t(`state_${state}`)}</Status>;
}
