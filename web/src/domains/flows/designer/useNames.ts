import { useMemo } from "react";

import { useLocale } from "@/kit/i18n";

import type { Names } from "../summary";
import { type Words, say } from "../types";
import type { Declarations } from "./facts";
import type { Choices } from "./tools";

/** What the company calls roles, positions, flows, actions and events. */
export function useNames(choices: Choices | undefined, declared: Declarations | undefined): Names {
  const locale = useLocale();
  return useMemo(() => {
    const by = (list: readonly { key: string; name: Words }[] | undefined) => {
      const found = new Map((list ?? []).map((one) => [one.key, one.name]));
      return (key: string) => (found.has(key) && locale ? say(found.get(key)) : undefined);
    };
    return {
      role: by(choices?.roles),
      position: by(choices?.positions),
      flow: by(choices?.flows),
      effect: by(declared?.effects.map((effect) => ({ key: effect.key, name: effect.text }))),
      event: by(declared?.events.map((event) => ({ key: event.name, name: event.text }))),
    };
  }, [choices, declared, locale]);
}
