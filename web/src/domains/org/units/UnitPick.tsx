import { TreeSelect } from "antd";
import { type ReactNode } from "react";

import { useRead } from "@/kit/query";

import type { UnitRow } from "../types";
import { type Branch, branches } from "./tree";

export interface UnitPickProps {
  id?: string;
  value?: number | null;
  onChange?: (value: number) => void;
  /** Nothing at or below this unit can be chosen. */
  without?: number;
  disabled?: boolean;
  "aria-label"?: string;
  style?: React.CSSProperties;
}

interface Node {
  value: number;
  title: string;
  disabled: boolean;
  children: Node[];
}

const nodes = (tree: readonly Branch<UnitRow>[], without: number | undefined, off = false): Node[] =>
  tree.map(({ row, children }) => {
    const disabled = off || row.id === without;
    return { value: row.id, title: row.name, disabled, children: nodes(children, without, disabled) };
  });

/** A unit chosen in the tree; also works as a field of a form. */
export function UnitPick({ without, value, ...rest }: UnitPickProps): ReactNode {
  const { data, isPending } = useRead("/api/org/units/tree");
  return (
    <TreeSelect
      {...rest}
      value={value ?? undefined}
      loading={isPending}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: "title" }}
      treeLine
      popupMatchSelectWidth={280}
      treeData={data ? nodes(branches(data), without) : []}
    />
  );
}
