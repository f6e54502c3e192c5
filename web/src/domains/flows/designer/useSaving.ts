import { useCallback, useEffect, useRef, useState } from "react";

import { api } from "@/kit/api";
import { Problem } from "@/kit/problem";

import type { DraftView, FlowDocument } from "../types";

const PAUSE = 1200;
const AGAIN = 8000;

export type Saving =
  | { state: "clean" | "waiting" | "saving" | "failed" }
  | { state: "saved"; at: string; by: string }
  | { state: "conflict"; problem: Problem };

interface Kept {
  rev: number;
  saved: FlowDocument;
  latest: FlowDocument;
  busy: boolean;
  stopped: boolean;
}

export interface Saver {
  saving: Saving;
  /** Whether something is not kept yet. */
  dirty: boolean;
  /** Saves now; the revision it is kept under. */
  flush: () => Promise<number>;
  /** After a conflict: over what somebody else saved. */
  force: () => Promise<void>;
  /** After a conflict or a restore: goes on from what the server has. */
  adopt: (draft: DraftView) => void;
  /** After publishing there is no draft. */
  published: () => void;
}

/** Keeps the draft by itself, a moment after the last change, one save at a time. */
export function useSaving(flow: string, first: DraftView, document: FlowDocument, may: boolean): Saver {
  const kept = useRef<Kept>({
    rev: first.rev,
    saved: document,
    latest: document,
    busy: false,
    stopped: false,
  });
  const [saving, setSaving] = useState<Saving>(
    first.saved_at ? { state: "saved", at: first.saved_at, by: first.saved_by } : { state: "clean" },
  );
  const [savedDocument, setSavedDocument] = useState(document);

  const flush = useCallback(async (): Promise<number> => {
    const hold = kept.current;
    while (hold.busy) await new Promise((done) => setTimeout(done, 50));
    if (hold.latest === hold.saved || hold.stopped) return hold.rev;
    hold.busy = true;
    const sent = hold.latest;
    setSaving({ state: "saving" });
    try {
      const mark = await api.put("/api/flows/{key}/draft", {
        path: { key: flow },
        body: { rev: hold.rev, document: sent as never },
      });
      hold.rev = mark.rev;
      hold.saved = sent;
      setSavedDocument(sent);
      setSaving({ state: "saved", at: mark.saved_at, by: mark.saved_by });
    } catch (error) {
      if (error instanceof Problem && error.code === "flow.draft_moved") {
        hold.stopped = true;
        setSaving({ state: "conflict", problem: error });
      } else {
        setSaving({ state: "failed" });
      }
      throw error;
    } finally {
      hold.busy = false;
    }
    return hold.rev;
  }, [flow]);

  useEffect(() => {
    kept.current.latest = document;
    if (!may || document === kept.current.saved || kept.current.stopped) return;
    let timer = setTimeout(attempt, PAUSE);
    function attempt() {
      flush().catch(() => {
        if (!kept.current.stopped) timer = setTimeout(attempt, AGAIN);
      });
    }
    return () => clearTimeout(timer);
  }, [document, may, flush]);

  // leaving the page keeps what is drawn
  useEffect(
    () => () => {
      if (may) flush().catch(() => undefined);
    },
    [may, flush],
  );

  const dirty = may && document !== savedDocument;
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);

  const adopt = useCallback((draft: DraftView) => {
    const fresh = draft.document as unknown as FlowDocument;
    Object.assign(kept.current, { rev: draft.rev, saved: fresh, latest: fresh, stopped: false });
    setSavedDocument(fresh);
    setSaving(
      draft.saved_at ? { state: "saved", at: draft.saved_at, by: draft.saved_by } : { state: "clean" },
    );
  }, []);
  const force = useCallback(async () => {
    const theirs = await api.get("/api/flows/{key}/draft", { path: { key: flow } });
    Object.assign(kept.current, { rev: theirs.rev, stopped: false });
    await flush();
  }, [flow, flush]);
  const published = useCallback(() => {
    kept.current.rev = 0;
    setSaving({ state: "clean" });
  }, []);
  return { saving, dirty, flush, force, adopt, published };
}
