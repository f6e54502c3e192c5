import { useEffect, useMemo, useState } from "react";

import { api } from "@/kit/api";
import { useLocale } from "@/kit/i18n";

import type { Fault } from "../canvas/context";
import { type DocumentProblem, type FlowDocument, say } from "../types";

const PAUSE = 350;

export interface Check {
  problems: readonly DocumentProblem[];
  /** By node, for the marks on the drawing. */
  faults: ReadonlyMap<string, readonly Fault[]>;
  /** The server has not said yet. */
  asking: boolean;
}

const NOTHING: readonly DocumentProblem[] = [];

/** What the server's check says of the drawing, a moment after each change. */
export function useCheck(document: FlowDocument, on: boolean): Check {
  const locale = useLocale();
  const [answer, setAnswer] = useState<{ of: FlowDocument; problems: readonly DocumentProblem[] } | null>(
    null,
  );
  useEffect(() => {
    if (!on) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api
        .post("/api/flow-check", { body: { document: document as never }, signal: stop.signal })
        .then((problems) => setAnswer({ of: document, problems }))
        .catch(() => undefined);
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [document, on]);
  const problems = answer?.problems ?? NOTHING;
  const faults = useMemo(() => {
    const found = new Map<string, Fault[]>();
    for (const problem of problems) {
      if (!problem.node || !locale) continue;
      const list = found.get(problem.node) ?? [];
      list.push({ text: say(problem.text), warning: problem.warning ?? false });
      found.set(problem.node, list);
    }
    return found;
  }, [problems, locale]);
  return { problems, faults, asking: on && answer?.of !== document };
}
