import { createContext } from "react";

import type { Gap } from "../drawing/layout";
import type { Names } from "../summary";
import type { FlowDocument } from "../types";

/** What a drawing says about a node besides what the document says. */
export interface Mark {
  state?: "done" | "open" | "ahead" | "cancelled";
  light?: string | null;
  /** Said instead of the second line of the card. */
  line?: string;
  /** A small badge at the corner. */
  badge?: string;
  badgeTone?: "plain" | "late";
  /** 0 to 1: how much of the longest stay is spent here. */
  heat?: number;
  fate?: "added" | "removed" | "changed";
}

export interface Fault {
  text: string;
  warning: boolean;
}

export interface CanvasTools {
  document: FlowDocument;
  names: Names;
  editable: boolean;
  /** While a step is being moved: pressing + puts it there. */
  placing: boolean;
  onGap: (gap: Gap, at: { x: number; y: number }) => void;
  onAddLane: (fork: string) => void;
  onJump: (target: string) => void;
}

/** The kind of data a palette's entry carries while it is dragged. */
export const DRAGGED = "application/x-shuniu-node";

const nothing = () => undefined;

export const CanvasContext = createContext<CanvasTools>({
  document: { name: { zh: "", en: "" }, subject: "", nodes: [], edges: [] },
  names: {},
  editable: false,
  placing: false,
  onGap: nothing,
  onAddLane: nothing,
  onJump: nothing,
});
