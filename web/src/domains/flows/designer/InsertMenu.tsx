import { type ReactNode, useEffect, useRef } from "react";

import { TypeIcon } from "../canvas/icons";
import type { Piece } from "../drawing/clipboard";
import { texts as drawingTexts } from "../texts";
import { type NodeType, say } from "../types";
import { texts } from "./texts";

export const GROUPS: readonly {
  name: "groupPeople" | "groupHouse" | "groupWays";
  types: readonly NodeType[];
}[] = [
  { name: "groupPeople", types: ["task", "approval", "survey"] },
  { name: "groupHouse", types: ["notify", "wait", "action", "milestone", "settle", "subflow"] },
  { name: "groupWays", types: ["branch", "parallel", "inclusive"] },
];

const WIDTH = 356;
const HEIGHT = 330;

interface Props {
  at: { x: number; y: number };
  piece: Piece | null;
  onPick: (type: NodeType) => void;
  onPaste: () => void;
  onClose: () => void;
}

/** What may be added where the + was pressed. */
export function InsertMenu({ at, piece, onPick, onPaste, onClose }: Props): ReactNode {
  const t = texts.use();
  const d = drawingTexts.use();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("button")?.focus();
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [onClose]);
  const left = at.x + WIDTH > innerWidth ? at.x - WIDTH - 40 : at.x;
  const top = Math.max(56, Math.min(at.y - 60, innerHeight - HEIGHT - 12));
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...(box.current?.querySelectorAll("button") ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(now + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      ref={box}
      className="fl-menu"
      role="menu"
      tabIndex={-1}
      aria-label={t("insertTitle")}
      style={{ left, top, width: WIDTH }}
      onKeyDown={keys}
    >
      {GROUPS.map((group) => (
        <div key={group.name} className="fl-menu-group">
          <div className="fl-menu-name">{t(group.name)}</div>
          <div className="fl-menu-items">
            {group.types.map((type) => (
              <button key={type} type="button" role="menuitem" onClick={() => onPick(type)}>
                <TypeIcon type={type} />
                {d(`type_${type}`)}
              </button>
            ))}
            {group.name === "groupWays" ? (
              <button type="button" role="menuitem" onClick={() => onPick("end")}>
                <TypeIcon type="end" />
                {t("endHere")}
              </button>
            ) : null}
          </div>
        </div>
      ))}
      {piece ? (
        <button type="button" role="menuitem" className="fl-menu-paste" onClick={onPaste}>
          {t("pasteHere", { name: say(piece.nodes.find((node) => node.id === piece.entry)?.name) })}
        </button>
      ) : null}
    </div>
  );
}
