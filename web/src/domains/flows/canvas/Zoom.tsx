import { useReactFlow, useStore } from "@xyflow/react";
import { type ReactNode } from "react";

import { texts } from "../texts";

/** Smaller, larger, all of it: at the lower left. */
export function Zoom(): ReactNode {
  const t = texts.use();
  const flow = useReactFlow();
  const zoom = useStore((state) => state.transform[2]);
  return (
    <div className="fl-zoom">
      <button
        type="button"
        aria-label={t("zoomOut")}
        title={t("zoomOut")}
        onClick={() => void flow.zoomOut()}
      >
        −
      </button>
      <button
        type="button"
        className="fl-zoom-size"
        title={t("actual")}
        onClick={() => void flow.zoomTo(1, { duration: 150 })}
      >
        {Math.round(zoom * 100)}%
      </button>
      <button type="button" aria-label={t("zoomIn")} title={t("zoomIn")} onClick={() => void flow.zoomIn()}>
        +
      </button>
      <button
        type="button"
        aria-label={t("fit")}
        title={t("fit")}
        onClick={() => void flow.fitView({ padding: 0.08, maxZoom: 1, duration: 200 })}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.8 6V2.8H6M10 2.8h3.2V6M13.2 10v3.2H10M6 13.2H2.8V10" />
        </svg>
      </button>
    </div>
  );
}
