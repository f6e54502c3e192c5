/** The state of a list in its address: shared, bookmarked, kept by the back button. */
import { type Filters, type FilterSpec } from "./specs";

type PeriodSpec = Extract<FilterSpec, { kind: "period" }>;

/** Names that are not filters. */
export const SORT = "sort";
export const VIEW = "view";
export const OPEN = "open";

export const periodNames = (spec: PeriodSpec): readonly [from: string, to: string] =>
  spec.names ?? [`${spec.name}_from`, `${spec.name}_to`];

export function filterNames(specs: readonly FilterSpec[]): string[] {
  return specs.flatMap((spec) => (spec.kind === "period" ? periodNames(spec) : [spec.name]));
}

/** What the server is asked: as the address says, days turned into moments where the list wants moments. */
export function asked(specs: readonly FilterSpec[], filters: Filters): Filters {
  const sent: Record<string, string | readonly string[]> = { ...filters };
  for (const spec of specs) {
    if (spec.kind !== "period" || !spec.moments) continue;
    const [from, to] = periodNames(spec);
    const [first, last] = [filters[from], filters[to]];
    if (typeof first === "string") sent[from] = new Date(`${first}T00:00:00`).toISOString();
    if (typeof last === "string") sent[to] = new Date(`${last}T23:59:59.999`).toISOString();
  }
  return sent;
}

/** Reads the filters an address names; several values of one name become a list. */
export function readFilters(search: URLSearchParams, names: readonly string[]): Filters {
  const found: Record<string, string | readonly string[]> = {};
  for (const name of names) {
    const values = search.getAll(name).filter(Boolean);
    const [first] = values;
    if (first !== undefined) found[name] = values.length === 1 ? first : values;
  }
  return found;
}

/** The same address with these filters; what else it says stays, the open row goes. */
export function writeFilters(
  search: URLSearchParams,
  names: readonly string[],
  filters: Filters,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of names) next.delete(name);
  next.delete(OPEN);
  for (const [name, value] of Object.entries(filters)) {
    for (const one of typeof value === "string" ? [value] : value) if (one !== "") next.append(name, one);
  }
  return next;
}

const flat = (filters: Filters): string =>
  JSON.stringify(
    Object.entries(filters)
      .map(([name, value]) => [name, typeof value === "string" ? [value] : [...value].sort()] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );

/** Two sets of filters ask for the same rows. */
export const sameFilters = (one: Filters, other: Filters): boolean => flat(one) === flat(other);

/** The next sort when a head is pressed: up, down, as it was. */
export function nextSort(current: string | null, name: string): string | null {
  if (current === name) return `-${name}`;
  return current === `-${name}` ? null : name;
}
