/** What was done without a line waits in this browser and is sent, in order, when the line is back. */
import { useEffect, useSyncExternalStore } from "react";

import { api, newKey } from "./api";
import { Problem } from "./problem";
import { queryClient } from "./query";

export interface Waiting {
  key: string;
  path: string;
  places?: Record<string, string | number>;
  body: unknown;
  /** What it is, for the banner. */
  label: string;
}

const STORED = "shuniu.outbox";
const listeners = new Set<() => void>();
let waiting: readonly Waiting[] = load();
let sending = false;

function load(): readonly Waiting[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    return Array.isArray(value) ? (value as Waiting[]) : [];
  } catch {
    return [];
  }
}

function set(next: readonly Waiting[]): void {
  waiting = next;
  localStorage.setItem(STORED, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/**
 * Sends a write now, or keeps it when there is no line. The idempotency key stays with it, so that a write whose
 * answer was lost is not done twice. A refusal of the server is thrown.
 */
export async function sendOrKeep(write: Omit<Waiting, "key"> & { key?: string }): Promise<"sent" | "kept"> {
  const one: Waiting = { ...write, key: write.key ?? newKey() };
  if (waiting.length === 0 && navigator.onLine) {
    try {
      await api.post(one.path, { path: one.places, body: one.body, key: one.key });
      return "sent";
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 0) throw error;
    }
  }
  set([...waiting, one]);
  return "kept";
}

/** Sends what waits, oldest first; stops at the first that finds no line. A refused one is dropped and told. */
export async function sendWaiting(onRefused: (write: Waiting, problem: Problem) => void): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      try {
        await api.post(first.path, { path: first.places, body: first.body, key: first.key });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.retryable || error.status === 401) return;
        onRefused(first, error);
      }
      set(waiting.slice(1));
      void queryClient.invalidateQueries();
    }
  } finally {
    sending = false;
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const subscribeOnline = (listener: () => void) => {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
};

export const useOnline = (): boolean => useSyncExternalStore(subscribeOnline, () => navigator.onLine);
export const useWaiting = (): readonly Waiting[] => useSyncExternalStore(subscribe, () => waiting);

const RETRY_MS = 20_000;

/** Keeps sending while there is something to send. */
export function useOutbox(onRefused: (write: Waiting, problem: Problem) => void): void {
  const online = useOnline();
  const count = useWaiting().length;
  useEffect(() => {
    if (!online || count === 0) return;
    void sendWaiting(onRefused);
    const timer = setInterval(() => void sendWaiting(onRefused), RETRY_MS);
    return () => clearInterval(timer);
  }, [online, count, onRefused]);
}
