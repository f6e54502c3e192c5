import { type ReactNode } from "react";

import { TypeIcon } from "../canvas/icons";
import { texts as drawingTexts } from "../texts";
import type { NodeType } from "../types";
import { GROUPS } from "./InsertMenu";
import { texts } from "./texts";

interface Props {
  /** The kind of data a dragged entry carries. */
  kind: string;
  onAdd: (type: NodeType) => void;
}

/** What can be put on the free canvas: dragged there, or pressed to land in its middle. */
export function Palette({ kind, onAdd }: Props): ReactNode {
  const t = texts.use();
  const d = drawingTexts.use();
  const all: { name: string; types: readonly NodeType[] }[] = GROUPS.map((group) => ({
    name: t(group.name),
    types: group.name === "groupWays" ? [...group.types, "join", "end"] : group.types,
  }));
  return (
    <div className="fd-palette" aria-label={t("palette")}>
      <div className="fd-hint">{t("palette")}</div>
      {all.map((group) => (
        <div key={group.name}>
          <div className="fl-menu-name">{group.name}</div>
          {group.types.map((type) => (
            <button
              key={type}
              type="button"
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(kind, type);
                event.dataTransfer.effectAllowed = "copy";
              }}
              onClick={() => onAdd(type)}
            >
              <TypeIcon type={type} />
              {d(`type_${type}`)}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
