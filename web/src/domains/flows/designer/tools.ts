import { createContext, use } from "react";

import type { components } from "@/generated/api";

import type { Names } from "../summary";
import type { FlowDocument } from "../types";
import type { Declarations, FactChoice } from "./facts";
import type { Hand } from "./useDesign";

export type Choices = components["schemas"]["Choices"];

/** What every part of the designer needs. */
export interface DesignTools {
  document: FlowDocument;
  hand: Hand;
  facts: readonly FactChoice[];
  choices: Choices | undefined;
  declared: Declarations | undefined;
  names: Names;
  readOnly: boolean;
}

export const DesignContext = createContext<DesignTools | null>(null);

export function useTools(): DesignTools {
  const tools = use(DesignContext);
  if (!tools) throw new Error("outside the designer");
  return tools;
}
