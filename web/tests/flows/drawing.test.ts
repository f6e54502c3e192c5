import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { copyOf, moveTo, pasteAt } from "@/domains/flows/drawing/clipboard";
import {
  addLane,
  changeNode,
  edgesFrom,
  insertAt,
  nodeOf,
  removeLane,
  removeStep,
  shiftLane,
} from "@/domains/flows/drawing/edit";
import { began, changed, redone, undone } from "@/domains/flows/drawing/history";
import { arranged } from "@/domains/flows/drawing/arrange";
import { withArrangement, withPlaces } from "@/domains/flows/drawing/free";
import { type Layout, layoutOf, sizeOf } from "@/domains/flows/drawing/layout";
import { idsIn, structureOf } from "@/domains/flows/drawing/structure";
import { changeStep, isSplit, split, unite } from "@/domains/flows/drawing/ways";
import type { FlowDocument, FlowEdge, NodeType } from "@/domains/flows/types";

const words = (text: string) => ({ zh: text, en: text });
const node = (id: string, type: NodeType = "task") => ({ id, type, name: words(id) });

function flow(ids: string, edges: readonly (readonly [string, string, Partial<FlowEdge>?])[]): FlowDocument {
  const typed = ids.split(" ").map((one) => {
    const [id = "", type] = one.split(":");
    return node(id, (type ?? (id === "start" || id === "end" ? id : "task")) as NodeType);
  });
  return {
    name: words("x"),
    subject: "work_order",
    nodes: typed,
    edges: edges.map(([source, target, more], index) => ({ id: `e_${index + 1}`, source, target, ...more })),
  };
}

const LINE = flow("start a b end", [
  ["start", "a"],
  ["a", "b"],
  ["b", "end"],
]);

const ways = (document: FlowDocument) =>
  document.edges
    .map((edge) => `${edge.source}>${edge.target}${edge.outcome ? `:${edge.outcome}` : ""}`)
    .sort();

const between = (document: FlowDocument, source: string, target: string) =>
  document.edges.find((edge) => edge.source === source && edge.target === target)?.id ?? "";

const overlaps = ({ shapes }: Layout) =>
  shapes.flatMap((one, index) =>
    shapes
      .slice(index + 1)
      .filter(
        (other) =>
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      )
      .map((other) => `${one.id} × ${other.id}`),
  );

describe("inserting", () => {
  it("puts a step between two others", () => {
    const made = insertAt(LINE, { edge: "e_2" }, "task");
    expect(made.select).toBe("task_1");
    expect(ways(made.document)).toEqual(["a>task_1", "b>end", "start>a", "task_1>b"]);
    expect(ways(LINE)).toEqual(["a>b", "b>end", "start>a"]);
  });

  it("puts parallel lanes with their join", () => {
    const { document } = insertAt(LINE, { edge: "e_2" }, "parallel");
    expect(ways(document)).toEqual([
      "a>parallel_1",
      "b>end",
      "join_1>b",
      "parallel_1>join_1",
      "parallel_1>join_1",
      "start>a",
    ]);
    expect(nodeOf(document, "join_1")?.mode).toBe("all");
  });

  it("puts a condition with a default, and steps into its lanes", () => {
    const forked = insertAt(LINE, { edge: "e_2" }, "branch").document;
    const [first, last] = edgesFrom(forked, "branch_1");
    expect([first?.default ?? false, last?.default]).toEqual([false, true]);
    const inside = insertAt(forked, { edge: first?.id ?? "" }, "approval").document;
    const kept = inside.edges.find((edge) => edge.id === first?.id);
    expect([kept?.target, kept?.condition]).toEqual(["approval_1", ""]);
  });

  it("brings the form a survey needs, once", () => {
    const one = insertAt(LINE, { edge: "e_3" }, "survey").document;
    const two = insertAt(one, { edge: "e_3" }, "survey").document;
    expect(two.forms?.map((form) => form.key)).toEqual(["survey"]);
    expect(two.nodes.map((each) => each.name.zh)).toContain("满意度回访 2");
  });

  it("puts a step below lanes that meet, for all of them", () => {
    const forked = insertAt(LINE, { edge: "e_2" }, "branch").document;
    const trunk = layoutOf(forked).links.find((link) => link.from === "meet:branch_1");
    const gap = trunk?.gap;
    expect(gap).toMatchObject({ before: "b" });
    if (!gap) return;
    const put = insertAt(forked, gap, "notify").document;
    expect(edgesFrom(put, "branch_1").map((edge) => edge.target)).toEqual(["notify_1", "notify_1"]);
  });
});

describe("lanes", () => {
  const forked = insertAt(LINE, { edge: "e_2" }, "branch").document;

  it("come in front of the default and change places", () => {
    const more = addLane(forked, "branch_1");
    const order = (document: FlowDocument) =>
      [...edgesFrom(document, "branch_1")]
        .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
        .map((edge) => edge.name?.zh);
    expect(order(more.document)).toEqual(["条件 1", "条件 2", "其他情况"]);
    expect(order(shiftLane(more.document, more.select ?? "", -1))).toEqual(["条件 2", "条件 1", "其他情况"]);
  });

  it("take what stands in them along, and the fork when one is left", () => {
    const [first] = edgesFrom(forked, "branch_1");
    const inside = insertAt(forked, { edge: first?.id ?? "" }, "task").document;
    const left = removeLane(inside, first?.id ?? "");
    expect(ways(left)).toEqual(["a>b", "b>end", "start>a"]);
    expect(left.nodes).toHaveLength(4);
  });

  it("take the join along with the last parallel lane", () => {
    const beside = insertAt(LINE, { edge: "e_2" }, "parallel").document;
    const [first] = edgesFrom(beside, "parallel_1");
    expect(ways(removeLane(beside, first?.id ?? ""))).toEqual(["a>b", "b>end", "start>a"]);
  });
});

describe("removing", () => {
  it("leads on around a step and keeps conditions on the way to it", () => {
    const forked = insertAt(LINE, { edge: "e_2" }, "branch").document;
    const [first] = edgesFrom(forked, "branch_1");
    const inside = insertAt(forked, { edge: first?.id ?? "" }, "task");
    expect(ways(removeStep(inside.document, inside.select ?? ""))).toEqual(ways(forked));
  });

  it("takes a fork with its lanes and its join", () => {
    const beside = insertAt(LINE, { edge: "e_2" }, "parallel").document;
    const [first] = edgesFrom(beside, "parallel_1");
    const inside = insertAt(beside, { edge: first?.id ?? "" }, "task").document;
    const left = removeStep(inside, "parallel_1");
    expect(ways(left)).toEqual(["a>b", "b>end", "start>a"]);
    expect(left.nodes.map((each) => each.id)).toEqual(["start", "a", "b", "end"]);
  });

  it("leaves the start and the last end", () => {
    expect(removeStep(LINE, "start")).toBe(LINE);
    expect(removeStep(LINE, "end")).toBe(LINE);
  });
});

describe("outcomes", () => {
  const two = changeNode(LINE, "a", {
    outcomes: [
      { key: "yes", name: words("是") },
      { key: "no", name: words("否") },
    ],
  });

  it("split into a lane each and unite again", () => {
    const lanes = split(two, "a");
    expect(ways(lanes)).toEqual(["a>b:no", "a>b:yes", "b>end", "start>a"]);
    expect(ways(unite(lanes, "a"))).toEqual(["a>b", "b>end", "start>a"]);
  });

  it("lead nowhere for a rejection that ends the run, and somewhere when it has a way", () => {
    const approval = insertAt(LINE, { edge: "e_2" }, "approval").document;
    const way = changeStep(approval, "approval_1", { on_reject: "way" });
    expect(edgesFrom(way, "approval_1").map((edge) => edge.outcome)).toEqual(["approved", "rejected"]);
    const ends = changeStep(way, "approval_1", { on_reject: "end" });
    expect(isSplit(ends, "approval_1")).toBe(false);
    expect(ways(ends)).toEqual(["a>approval_1", "approval_1>b", "b>end", "start>a"]);
  });
});

describe("copying and moving", () => {
  it("copies a fork with its lanes under new ids", () => {
    const beside = insertAt(LINE, { edge: "e_2" }, "parallel").document;
    const piece = copyOf(beside, ["parallel_1"]);
    expect(piece?.nodes.map((each) => each.id)).toEqual(["parallel_1", "join_1"]);
    if (!piece) return;
    const put = pasteAt(beside, { edge: between(beside, "b", "end") }, piece).document;
    expect(edgesFrom(put, "b").map((edge) => edge.target)).toEqual(["parallel_2"]);
    expect(edgesFrom(put, "parallel_2").map((edge) => edge.target)).toEqual(["join_2", "join_2"]);
    expect(edgesFrom(put, "join_2").map((edge) => edge.target)).toEqual(["end"]);
  });

  it("moves a step down the line", () => {
    const moved = moveTo(LINE, "a", { edge: "e_3" });
    expect(ways(moved?.document ?? LINE)).toEqual(["a>end", "b>a", "start>b"]);
  });

  it("does not move a fork into its own lane", () => {
    const beside = insertAt(LINE, { edge: "e_2" }, "parallel").document;
    const [first] = edgesFrom(beside, "parallel_1");
    expect(moveTo(beside, "parallel_1", { edge: first?.id ?? "" })).toBeNull();
  });
});

describe("history", () => {
  it("goes back and forward, and takes typing as one step", () => {
    let history = began("");
    for (const text of ["a", "ab", "abc"]) history = changed(history, text, "name");
    history = changed(history, "x");
    expect(undone(history).now).toBe("abc");
    expect(undone(undone(history)).now).toBe("");
    expect(redone(undone(history)).now).toBe("x");
    expect(undone(undone(undone(history))).now).toBe("");
  });
});

describe("the list's picture", () => {
  const shipped = JSON.parse(
    readFileSync("../src/shuniu/work_orders/documents/ac_install.json", "utf8"),
  ) as FlowDocument;

  it("shows every node once and every edge, without overlaps", () => {
    const { sequences } = structureOf(shipped);
    expect(sequences).toHaveLength(1);
    expect(sequences.flatMap(idsIn).sort()).toEqual(shipped.nodes.map((each) => each.id).sort());
    const layout = layoutOf(shipped);
    expect(overlaps(layout)).toEqual([]);
    const drawn = new Set(layout.links.map((link) => link.edge));
    expect(shipped.edges.filter((edge) => !drawn.has(edge.id))).toEqual([]);
  });

  it("draws a way back as a jump and goes on below", () => {
    const loop = flow("start a check:branch b end", [
      ["start", "a"],
      ["a", "check"],
      ["check", "a", { condition: "x" }],
      ["check", "b", { default: true }],
      ["b", "end"],
    ]);
    const layout = layoutOf(loop);
    const jump = layout.shapes.find((shape) => shape.kind === "jump");
    expect(jump).toMatchObject({ target: "a" });
    const at = (id: string) => layout.shapes.find((shape) => shape.id === id);
    expect((at("b")?.y ?? 0) > (at("check")?.y ?? 0)).toBe(true);
    expect((at("b")?.x ?? 1) + (at("b")?.width ?? 0) / 2).toBe((at("a")?.x ?? 0) + (at("a")?.width ?? 0) / 2);
  });

  it("keeps a chain of approvals straight when each rejection ends the run", () => {
    const chain = flow("start a b c end", [
      ["start", "a"],
      ["a", "b", { outcome: "approved", order: 0 }],
      ["a", "end", { outcome: "rejected", order: 1 }],
      ["b", "c", { outcome: "approved", order: 0 }],
      ["b", "end", { outcome: "rejected", order: 1 }],
      ["c", "end"],
    ]);
    const layout = layoutOf(chain);
    const middles = ["start", "a", "b", "c", "end"].map((id) => {
      const shape = layout.shapes.find((one) => one.id === id);
      return (shape?.x ?? 0) + (shape?.width ?? 0) / 2;
    });
    expect(new Set(middles)).toEqual(new Set([0]));
    expect(overlaps(layout)).toEqual([]);
  });

  it("lays out sixty nodes with nested lanes in a blink", () => {
    let document = LINE;
    for (let round = 0; round < 14; round += 1) {
      const edge = document.edges[(round * 7) % document.edges.length];
      document = insertAt(document, { edge: edge?.id ?? "" }, round % 2 ? "parallel" : "branch").document;
      const into = document.edges[(round * 5) % document.edges.length];
      document = insertAt(document, { edge: into?.id ?? "" }, "task").document;
      document = insertAt(document, { edge: into?.id ?? "" }, "approval").document;
    }
    const before = performance.now();
    const layout = layoutOf(document);
    expect(performance.now() - before).toBeLessThan(200);
    expect(document.nodes.length).toBeGreaterThanOrEqual(52);
    expect(overlaps(layout)).toEqual([]);
    const drawn = new Set(layout.shapes.flatMap((shape) => (shape.kind === "node" ? [shape.node] : [])));
    expect(drawn.size).toBe(document.nodes.length);
  });
});

describe("the free canvas", () => {
  it("is arranged by itself without overlaps and keeps what is dragged", () => {
    const shipped = JSON.parse(
      readFileSync("../src/shuniu/work_orders/documents/ac_install.json", "utf8"),
    ) as FlowDocument;
    const placed = withArrangement(shipped, arranged(shipped));
    const boxes = placed.nodes.map((each) => ({
      id: each.id,
      ...(placed.layout?.[each.id] ?? { x: 0, y: 0 }),
      ...sizeOf(each.type),
    }));
    expect(overlaps({ shapes: boxes } as unknown as Layout)).toEqual([]);
    const dragged = withPlaces(placed, new Map([["visit", { x: 500, y: 10 }]]));
    expect(dragged.layout?.["visit"]).toEqual({ x: 500, y: 10 });
    expect(dragged.layout?.["accept"]).toEqual(placed.layout?.["accept"]);
    const hanging = dragged.edges.filter((edge) => edge.source === "visit" || edge.target === "visit");
    expect(hanging.every((edge) => edge.points === undefined)).toBe(true);
  });
});
