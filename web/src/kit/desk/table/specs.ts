import { type ReactNode } from "react";

import { type Query } from "../../api";

export interface ColumnSpec<T> {
  key: string;
  title: string;
  /** Draws the cell; without it the value under `key` is shown. */
  render?: (row: T) => ReactNode;
  /** The server sorts by this name (`true`: by the key). */
  sort?: boolean | string;
  align?: "left" | "right" | "center";
  width?: number;
  /** Long text is cut with … */
  ellipsis?: boolean;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Always shown. */
  fixed?: boolean;
}

export interface Option {
  value: string | number;
  label: ReactNode;
}

interface FilterBase {
  /** The name of the query parameter. */
  name: string;
  label: string;
}

export type FilterSpec =
  | (FilterBase & { kind: "search"; placeholder?: string })
  | (FilterBase & { kind: "select"; options: readonly Option[]; multiple?: boolean; width?: number })
  | (FilterBase & {
      kind: "remote";
      path: string;
      query?: Query;
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- rows of whatever list the address answers
      itemLabel: (item: any) => ReactNode;
      width?: number;
    })
  /**
   * Two parameters, `<name>_from` and `<name>_to` or those of `names`: dates, or with `moments` the first and last
   * moment of those days.
   */
  | (FilterBase & { kind: "period"; names?: readonly [from: string, to: string]; moments?: boolean })
  | (FilterBase & { kind: "flag" });

export type Filters = Readonly<Record<string, string | readonly string[]>>;

export interface ViewSpec {
  key: string;
  label: string;
  filters: Filters;
  /** A count beside the name. */
  count?: ReactNode;
}

export interface BulkAction<T> {
  key: string;
  label: string;
  danger?: boolean;
  run: (rows: readonly T[], done: () => void) => void;
}

/** The shape of every list answer. */
export interface PageAnswer<T> {
  items: T[];
  next: string | null;
  total: number | null;
  more_than_total?: boolean;
}
