import "./flows.css";

import { Suspense, lazy, type ReactNode } from "react";

import { Skeleton } from "@/kit/states";

import type { FlowCanvasProps } from "./canvas/FlowCanvas";

const FlowCanvas = lazy(() => import("./canvas/FlowCanvas"));

/** A flow to look at: the drawing of the designer without its tools. */
export function FlowPicture({
  height = 520,
  ...props
}: FlowCanvasProps & { height?: number | string }): ReactNode {
  return (
    <div className="fl-picture" style={{ height }}>
      <Suspense fallback={<Skeleton rows={6} />}>
        <FlowCanvas {...props} />
      </Suspense>
    </div>
  );
}
