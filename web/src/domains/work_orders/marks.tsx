import { type ReactNode } from "react";

import { type Tone, Status } from "@/kit/marks";

import { texts } from "./texts";
import type { OrderRow } from "./types";

const TONES: Record<OrderRow["status"], Tone> = {
  open: "active",
  done: "good",
  closed: "neutral",
  cancelled: "neutral",
};

/** The state of an order as a word in a pill. */
export function OrderStatus({ status }: { status: OrderRow["status"] }): ReactNode {
  const t = texts.use();
  return <Status tone={TONES[status]}>{t(status)}</Status>;
}
