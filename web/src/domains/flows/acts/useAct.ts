import { useState } from "react";

import { api } from "@/kit/api";
import { useRefresh } from "@/kit/query";

import { type Given, type StepOffer, sendingOf } from "./acts";

export interface Acting {
  busy: boolean;
  /** Sends the act; the same dialog sent twice is done once. */
  send: (offer: StepOffer, stepId: number | null, given: Given, key: string) => Promise<void>;
}

/** Sends acts of one run and has everything read again that shows it. */
export function useAct(runId: number): Acting {
  const [busy, setBusy] = useState(false);
  const refresh = useRefresh();
  const send = async (offer: StepOffer, stepId: number | null, given: Given, key: string) => {
    setBusy(true);
    const { path, places, body } = sendingOf(offer, runId, stepId, given);
    try {
      await api.post(path, { path: places, body, key });
    } finally {
      setBusy(false);
      void refresh("/api/work-orders", "/api/my", "/api/flow-runs");
    }
  };
  return { busy, send };
}
