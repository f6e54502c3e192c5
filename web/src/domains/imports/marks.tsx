import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { Status, type Tone } from "@/kit/marks";

import { texts } from "./texts";

export type Import = Answer<"/api/imports/{import_id}">;

const TONES: Record<Import["status"], Tone> = {
  ready: "warn",
  queued: "active",
  running: "active",
  done: "good",
  failed: "bad",
};

export function ImportState({ status }: { status: Import["status"] }): ReactNode {
  const t = texts.use();
  return <Status tone={TONES[status]}>{t(`status_${status}`)}</Status>;
}

export const underWay = (run: Import): boolean => run.status === "queued" || run.status === "running";
