import { type ReactNode } from "react";

import type { NodeType } from "../types";

const PATHS: Record<NodeType, ReactNode> = {
  start: <path d="M6 4.2v7.6L12 8z" fill="currentColor" stroke="none" />,
  task: (
    <>
      <circle cx="8" cy="5.4" r="2.4" />
      <path d="M3.2 13c.6-2.6 2.4-3.9 4.8-3.9s4.2 1.3 4.8 3.9" />
    </>
  ),
  approval: (
    <>
      <path d="M3 13.2h10M5 10.6h6l-.6-2.2H9.2c-.4-.8.3-1.7.3-3a1.7 1.7 0 10-3.4 0c0 1.3.7 2.2.3 3H5.6z" />
    </>
  ),
  survey: <path d="M8 2.8l1.6 3.3 3.6.5-2.6 2.5.6 3.6L8 11l-3.2 1.7.6-3.6-2.6-2.5 3.6-.5z" />,
  branch: <path d="M8 2.6v3.2M8 5.8L4.2 9.2V13M8 5.8l3.8 3.4V13" />,
  inclusive: (
    <>
      <circle cx="8" cy="8" r="5.2" />
      <circle cx="8" cy="8" r="1.8" />
    </>
  ),
  parallel: <path d="M3 4h10M5 4v8.6M11 4v8.6M3 12.6h10" />,
  join: <path d="M4 3v3.4L8 10l4-3.6V3M8 10v3.4" />,
  wait: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M8 4.8V8l2.2 1.5" />
    </>
  ),
  action: <path d="M8.8 2.4L4 9h3.6l-.6 4.6L12 7H8.4z" />,
  notify: <path d="M3.4 11.4h9.2L11.4 10V7.2a3.4 3.4 0 10-6.8 0V10zM6.8 13.2h2.4" />,
  settle: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M5.8 5.2L8 8l2.2-2.8M8 8v3.4M6 8.4h4M6 10h4" />
    </>
  ),
  undo: <path d="M5.4 3.6L2.8 6.2l2.6 2.6M3 6.2h6a3.4 3.4 0 010 6.8H6" />,
  subflow: (
    <>
      <rect x="2.6" y="3.4" width="10.8" height="9.2" rx="1.6" />
      <path d="M8 5.8v4.4M5.8 8h4.4" />
    </>
  ),
  milestone: <path d="M4.4 13.4V3h7l-1.6 2.6L11.4 8.2h-7" />,
  end: <rect x="4.6" y="4.6" width="6.8" height="6.8" rx="1" fill="currentColor" stroke="none" />,
};

/** Colour tells kinds apart at a glance; the word beside it says which. Lights keep green, yellow and red. */
const TONES: Partial<Record<NodeType, string>> = {
  task: "people",
  approval: "approve",
  survey: "people",
  wait: "wait",
  action: "house",
  notify: "house",
  settle: "house",
  undo: "house",
  subflow: "wait",
  milestone: "house",
};

export const toneOf = (type: NodeType): string => TONES[type] ?? "plain";

export function TypeIcon({ type }: { type: NodeType }): ReactNode {
  return (
    <svg className={`fl-icon fl-tone-${toneOf(type)}`} viewBox="0 0 16 16" aria-hidden="true">
      {PATHS[type]}
    </svg>
  );
}
