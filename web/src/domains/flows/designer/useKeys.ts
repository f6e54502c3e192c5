import { useEffect, useRef } from "react";

export interface Keys {
  undo: () => void;
  redo: () => void;
  copy: () => void;
  paste: () => void;
  remove: () => void;
  find: () => void;
  save: () => void;
  escape: () => void;
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    Boolean(target.closest(".ant-drawer")));

/** The keys of the designer; while somebody types only finding and saving are taken. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = actionOf(event);
      if (!act || (typing(event.target) && act !== "find" && act !== "save")) return;
      // text that is marked is copied as text
      if (act === "copy" && String(window.getSelection() ?? "")) return;
      if (act !== "escape") event.preventDefault();
      latest.current[act]();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function actionOf(event: KeyboardEvent): keyof Keys | null {
  if (event.key === "Escape") return "escape";
  if (event.key === "Delete" || event.key === "Backspace") return "remove";
  if (!event.ctrlKey && !event.metaKey) return null;
  switch (event.key.toLowerCase()) {
    case "z":
      return event.shiftKey ? "redo" : "undo";
    case "y":
      return "redo";
    case "c":
      return "copy";
    case "v":
      return "paste";
    case "f":
      return "find";
    case "s":
      return "save";
    default:
      return null;
  }
}
