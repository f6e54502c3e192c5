import { createContext, use } from "react";

export interface ChosenUnit {
  /** Null: everything one may see. */
  id: number | null;
  choose: (id: number | null) => void;
}

export const UnitContext = createContext<ChosenUnit>({ id: null, choose: () => undefined });

/** The unit chosen in the top bar. */
export const useUnit = (): ChosenUnit => use(UnitContext);
