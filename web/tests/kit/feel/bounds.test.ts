import { expect, it } from "vitest";

import { evaluate, FeelOverBudget, FeelUnsupported, jsonText, type FeelTree } from "@/kit/feel";

const number = (n: string) => ({ k: "Literal", t: "number", value: { n } });
const name = (named: string, origin: string) => ({ k: "Name", t: "Any", name: named, origin });
const tree = (node: FeelTree["tree"]): FeelTree => ({ feel: 1, tree: node });
const call = (named: string) =>
  tree({ k: "Call", t: "Any", function: name(named, "builtin"), args: [number("1")], names: null });

it("names a function it does not have", () => {
  expect(() => evaluate(call("stddev"), {})).toThrow(FeelUnsupported);
  expect(() => evaluate(call("stddev"), {})).toThrow("function stddev");
});

it("names a construct it does not know", () => {
  expect(() => evaluate(tree({ k: "Spell", t: "Any" }), {})).toThrow("construct Spell");
});

it("refuses a tree of another version", () => {
  expect(() => evaluate({ feel: 2, tree: number("1") }, {})).toThrow("version 2");
});

it("stops a loop that takes too many steps", () => {
  const iterator = (named: string) => ({
    k: "Iterator",
    t: "Any",
    name: named,
    source: number("1"),
    end: number("2000"),
  });
  const loop = { k: "For", t: "list", iterators: [iterator("x"), iterator("y")], body: number("1") };
  expect(() => evaluate(tree(loop), {})).toThrow(FeelOverBudget);
  expect(() => evaluate(tree(number("1")), {}, { steps: 0 })).toThrow("too many steps");
});

it("takes the digits of a number from a text", () => {
  expect(jsonText(evaluate(tree(name("n", "input")), { n: { n: "12.50" } }))).toBe("12.50");
  expect(jsonText(evaluate(tree(name("n", "input")), { n: 0.1 }))).toBe("0.1");
  expect(jsonText(evaluate(tree(name("n", "input")), { n: Number.NaN }))).toBe("null");
});
