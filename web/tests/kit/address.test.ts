import { expect, test } from "vitest";

import { filterNames, nextSort, readFilters, sameFilters, writeFilters } from "@/kit/desk/table/address";

const names = filterNames([
  { kind: "search", name: "q", label: "" },
  { kind: "select", name: "status", label: "", options: [], multiple: true },
  { kind: "period", name: "opened", label: "" },
]);

test("a period is two parameters", () => expect(names).toEqual(["q", "status", "opened_from", "opened_to"]));

test("filters survive the way into the address and back", () => {
  const filters = { q: "王 女士&", status: ["open", "done"], opened_from: "2026-01-01" };
  const search = writeFilters(new URLSearchParams("sort=-opened_at"), names, filters);
  expect(readFilters(new URLSearchParams(search.toString()), names)).toEqual(filters);
  expect(search.get("sort")).toBe("-opened_at");
});

test("new filters close the open row and drop the old ones", () => {
  const search = writeFilters(new URLSearchParams("q=a&open=7&foreign=1"), names, { status: "open" });
  expect(search.toString()).toBe("foreign=1&status=open");
});

test("the order of names and values does not make another view", () => {
  expect(sameFilters({ a: "1", b: ["x", "y"] }, { b: ["y", "x"], a: ["1"] })).toBe(true);
  expect(sameFilters({ a: "1" }, { a: "2" })).toBe(false);
});

test("a head pressed three times sorts up, down, not at all", () => {
  expect(nextSort(null, "no")).toBe("no");
  expect(nextSort("no", "no")).toBe("-no");
  expect(nextSort("-no", "no")).toBeNull();
});
