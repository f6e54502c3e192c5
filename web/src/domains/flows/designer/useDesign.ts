import { useMemo, useReducer } from "react";

import { type History, began, changed, redone, undone } from "../drawing/history";
import type { FlowDocument } from "../types";

export interface Design {
  history: History<FlowDocument>;
  /** Ids of nodes, edges as `edge:ID`, or `flow` for the flow itself. */
  selected: readonly string[];
  /** The step that is being moved. */
  moving: string | null;
}

type Change = (document: FlowDocument) => FlowDocument;

type Event =
  | { do: "change"; change: Change; select?: readonly string[]; mark?: string }
  | { do: "select"; ids: readonly string[] }
  | { do: "move"; id: string | null }
  | { do: "undo" }
  | { do: "redo" }
  | { do: "reset"; document: FlowDocument };

function next(design: Design, event: Event): Design {
  switch (event.do) {
    case "change": {
      const history = changed(design.history, event.change(design.history.now), event.mark ?? null);
      return { ...design, history, selected: event.select ?? design.selected, moving: null };
    }
    case "select":
      return { ...design, selected: event.ids };
    case "move":
      return { ...design, moving: event.id };
    case "undo":
      return present({ ...design, history: undone(design.history) });
    case "redo":
      return present({ ...design, history: redone(design.history) });
    case "reset":
      return { history: began(event.document), selected: [], moving: null };
  }
}

/** What is not there any more is not selected either. */
function present(design: Design): Design {
  const { nodes, edges } = design.history.now;
  const there = new Set(["flow", ...nodes.map((node) => node.id), ...edges.map((edge) => `edge:${edge.id}`)]);
  return { ...design, selected: design.selected.filter((id) => there.has(id)) };
}

export interface Hand {
  /** Changes the document; changes with the same mark in a row are one step back. */
  change: (change: Change, how?: { select?: readonly string[]; mark?: string }) => void;
  select: (ids: readonly string[]) => void;
  move: (id: string | null) => void;
  undo: () => void;
  redo: () => void;
  reset: (document: FlowDocument) => void;
}

/** What is drawn, with its history, and what is selected. */
export function useDesign(document: FlowDocument): [Design, Hand] {
  const [design, send] = useReducer(next, document, (first): Design => {
    return { history: began(first), selected: [], moving: null };
  });
  const hand = useMemo<Hand>(
    () => ({
      change: (change, how) => send({ do: "change", change, ...how }),
      select: (ids) => send({ do: "select", ids }),
      move: (id) => send({ do: "move", id }),
      undo: () => send({ do: "undo" }),
      redo: () => send({ do: "redo" }),
      reset: (fresh) => send({ do: "reset", document: fresh }),
    }),
    [],
  );
  return [design, hand];
}
