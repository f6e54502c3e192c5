// The cases that Python runs too: every value must be the same, digit for digit.
import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { evaluate, jsonText, type FeelTree } from "@/kit/feel";

interface Case {
  name: string;
  context: Record<string, unknown>;
  now?: string;
  tree: FeelTree;
  value: string;
}

const folder = "../spec/feel";

describe.each(readdirSync(folder).filter((file) => file.endsWith(".json")))("%s", (file) => {
  const cases = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Case[];

  it.each(cases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    expect(jsonText(evaluate(one.tree, one.context, { now: one.now }))).toBe(one.value);
  });
});
