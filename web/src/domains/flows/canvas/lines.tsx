import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  MarkerType,
  getSmoothStepPath,
} from "@xyflow/react";
import { type ReactNode, memo, use } from "react";

import type { Gap } from "../drawing/layout";
import { texts } from "../texts";
import { CanvasContext } from "./context";

export type LineShape = Edge<{ gap: Gap | null; level: number | null; passed: boolean }, "line">;
export type WayShape = Edge<
  {
    name: string;
    aside: boolean;
    passed: boolean;
    fate: string | null;
    points: readonly { x: number; y: number }[] | null;
  },
  "way"
>;

export const ARROW = { type: MarkerType.ArrowClosed, width: 16, height: 16, color: "#a5adba" } as const;
const ROUND = 6;

/** Down, across at `level`, and down again. */
function bent(fromX: number, fromY: number, toX: number, toY: number, level: number | null): string {
  if (level === null || Math.abs(fromX - toX) < 1) return `M${fromX} ${fromY}L${toX} ${toY}`;
  const side = toX > fromX ? 1 : -1;
  const round = Math.min(ROUND, Math.abs(toX - fromX) / 2);
  const above = Math.min(round, Math.max(0, level - fromY));
  const below = Math.min(round, Math.max(0, toY - level));
  return [
    `M${fromX} ${fromY}V${level - above}`,
    `Q${fromX} ${level} ${fromX + side * round} ${level}`,
    `H${toX - side * round}`,
    below > 0 ? `Q${toX} ${level} ${toX} ${level + below}V${toY}` : `H${toX}`,
  ].join("");
}

/** A line of the list, with the + for a new step. */
export const Line = memo(function Line(props: EdgeProps<LineShape>): ReactNode {
  const { sourceX, sourceY, targetX, targetY, data } = props;
  const t = texts.use();
  const tools = use(CanvasContext);
  const gap = data?.gap ?? null;
  const level = data?.level ?? null;
  // a lane's + stays below its last step, however long the others are
  const y = level === null ? (sourceY + targetY) / 2 : Math.min(sourceY + 25, (sourceY + level) / 2 + 2);
  return (
    <>
      <BaseEdge
        id={props.id}
        path={bent(sourceX, sourceY, targetX, targetY, level)}
        markerEnd={props.markerEnd}
        className={data?.passed ? "fl-line fl-line-passed" : "fl-line"}
      />
      {gap && tools.editable ? (
        <EdgeLabelRenderer>
          <button
            type="button"
            className={`fl-plus nodrag nopan${tools.placing ? " fl-plus-placing" : ""}`}
            style={{ transform: `translate(-50%, -50%) translate(${sourceX}px, ${y}px)` }}
            aria-label={t("insertHere")}
            title={t("insertHere")}
            data-gap={"edge" in gap ? gap.edge : gap.edges.join("+")}
            onClick={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              tools.onGap(gap, { x: box.right + 8, y: box.top });
            }}
          >
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d="M6 2v8M2 6h8" />
            </svg>
          </button>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});

interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

/** Through the bends, softly; the name stands at the middle one. */
function curved(ends: Ends, bends: readonly { x: number; y: number }[]): [string, number, number] {
  const stops = [...bends, { x: ends.targetX, y: ends.targetY }];
  let path = `M${ends.sourceX} ${ends.sourceY}`;
  stops.forEach((stop, index) => {
    const next = stops[index + 1];
    if (!next) path += `L${stop.x} ${stop.y}`;
    else path += `Q${stop.x} ${stop.y} ${(stop.x + next.x) / 2} ${(stop.y + next.y) / 2}`;
  });
  const middle = bends[Math.floor((bends.length - 1) / 2)] ?? { x: ends.sourceX, y: ends.sourceY };
  return [path, middle.x, middle.y];
}

/** A way on the free canvas, with its name. */
export const Way = memo(function Way(props: EdgeProps<WayShape>): ReactNode {
  const { data, selected } = props;
  const bends = data?.points;
  const [path, x, y] = bends ? curved(props, bends) : getSmoothStepPath({ ...props, borderRadius: ROUND });
  const shape = ["fl-line", selected && "fl-line-selected", data?.aside && "fl-line-aside"];
  if (data?.passed) shape.push("fl-line-passed");
  if (data?.fate) shape.push(`fl-line-${data.fate}`);
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        markerEnd={props.markerEnd}
        interactionWidth={18}
        className={shape.filter(Boolean).join(" ")}
      />
      {data?.name ? (
        <EdgeLabelRenderer>
          <span
            className="fl-way-name"
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {data.name}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});
