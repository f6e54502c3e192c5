import { Select } from "antd";
import { type ReactNode, useDeferredValue, useState } from "react";

import { type Query } from "../api";
import { useRead } from "../query";

export interface PickRemoteProps<T> {
  /** A list address that takes `q`, or what `searchAs` says. */
  path: string;
  searchAs?: string;
  query?: Query;
  label: (item: T) => ReactNode;
  /** What is stored; the id when left out. */
  itemValue?: (item: T) => number | string | undefined;
  /** The present choice; `Field` sets it. */
  value?: unknown;
  multiple?: boolean;
  placeholder?: string;
  allowClear?: boolean;
  disabled?: boolean;
  style?: React.CSSProperties;
  id?: string;
  "aria-label"?: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- one or several ids, as `multiple` says
  onChange?: (value: any) => void;
}

/** A choice among rows of the server: people, units, customers. Works inside `Field`. */
export function PickRemote<T extends { id?: number }>(props: PickRemoteProps<T>): ReactNode {
  const { path, searchAs = "q", query, label, multiple, itemValue, value, ...rest } = props;
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed);
  const { data, isFetching } = useRead(path, { query: { limit: 50, ...query, [searchAs]: q || undefined } });
  const rows = rowsOf<T>(data);
  return (
    <Select
      {...rest}
      value={(value ?? undefined) as never}
      mode={multiple ? "multiple" : undefined}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      onBlur={() => setTyped("")}
      options={rows.map((item) => ({ value: itemValue ? itemValue(item) : item.id, label: label(item) }))}
    />
  );
}

function rowsOf<T>(data: unknown): T[] {
  if (Array.isArray(data)) return data as T[];
  const items = (data as { items?: T[] } | undefined)?.items;
  return items ?? [];
}
