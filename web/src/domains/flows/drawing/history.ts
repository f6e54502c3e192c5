/** Undo and redo over whole documents. Changes with the same mark that follow each other are one step back. */
export interface History<T> {
  past: readonly T[];
  now: T;
  future: readonly T[];
  mark: string | null;
}

const KEPT = 200;

export const began = <T>(now: T): History<T> => ({ past: [], now, future: [], mark: null });

export function changed<T>(history: History<T>, now: T, mark: string | null = null): History<T> {
  if (now === history.now) return history;
  if (mark !== null && mark === history.mark) return { ...history, now, future: [] };
  return { past: [...history.past.slice(-(KEPT - 1)), history.now], now, future: [], mark };
}

export function undone<T>(history: History<T>): History<T> {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), now: last, future: [history.now, ...history.future], mark: null };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future: rest, mark: null };
}
