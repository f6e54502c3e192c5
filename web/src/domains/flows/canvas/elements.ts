/** The canvas' nodes and edges made from a document. What has not changed keeps its identity, so it is not drawn again. */
import { Position } from "@xyflow/react";

import { type Box, layoutOf, sizeOf } from "../drawing/layout";
import { type Names, linesOf, wayName } from "../summary";
import type { texts } from "../texts";
import type { FlowDocument, FlowNode } from "../types";
import type { Fault, Mark } from "./context";
import { ARROW, type LineShape, type WayShape } from "./lines";
import type { Shape } from "./shapes";

export interface Look {
  t: ReturnType<typeof texts.use>;
  names: Names;
  marks: ReadonlyMap<string, Mark> | null;
  faults: ReadonlyMap<string, readonly Fault[]> | null;
  found: ReadonlySet<string> | null;
  selected: ReadonlySet<string>;
  /** Steps a run has been at, to draw its way. */
  passed: ReadonlySet<string> | null;
  ways: ReadonlyMap<string, string> | null;
}

/** Keeps the last value made for a key while what it was made of is the same. */
export class Kept<V> {
  private readonly values = new Map<string, { parts: readonly unknown[]; value: V }>();

  take(key: string, parts: readonly unknown[], make: () => V): V {
    const old = this.values.get(key);
    if (old?.parts.length === parts.length && old.parts.every((part, index) => part === parts[index]))
      return old.value;
    const value = make();
    this.values.set(key, { parts, value });
    return value;
  }
}

function placed({ x, y, width, height }: Box) {
  return {
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [
      { type: "target" as const, position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
      { type: "source" as const, position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1 },
    ],
  };
}

function step(
  document: FlowDocument,
  node: FlowNode,
  box: Box,
  look: Look,
  kept: Kept<Shape>,
  draggable: boolean,
): Shape {
  const mark = look.marks?.get(node.id) ?? null;
  const faults = look.faults?.get(node.id) ?? null;
  const found = look.found?.has(node.id) ?? false;
  const selected = look.selected.has(node.id);
  const lines = linesOf(look.t, document, look.names, node).join("\n");
  const parts = [node, box.x, box.y, mark, faults, found, selected, lines, draggable, look.t];
  return kept.take(node.id, parts, () => ({
    id: node.id,
    type: "step",
    ...placed(box),
    data: { node, mark, faults, found, lines },
    selected,
    draggable,
    ariaLabel: `${look.t(`type_${node.type}`)} ${node.name.zh}`,
  }));
}

export function listShapes(document: FlowDocument, look: Look, kept: Kept<Shape>): Shape[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return layoutOf(document).shapes.flatMap((shape): Shape[] => {
    const { id, kind } = shape;
    if (kind === "node") {
      const node = nodes.get(shape.node);
      return node ? [step(document, node, shape, look, kept, false)] : [];
    }
    if (kind === "head") {
      const fork = nodes.get(shape.fork);
      if (!fork) return [];
      const { edge } = shape;
      const name = wayName(look.t, document, edge);
      const selected = look.selected.has(`edge:${edge.id}`);
      const mark = look.marks?.get(`edge:${edge.id}`) ?? null;
      const parts = [edge, shape.x, shape.y, fork, name, selected, mark];
      return [
        kept.take(id, parts, () => ({
          id,
          type: "head",
          ...placed(shape),
          data: { edge, fork, name, mark },
          selected,
          draggable: false,
        })),
      ];
    }
    if (kind === "jump") {
      const target = nodes.get(shape.target);
      return [
        kept.take(id, [shape.x, shape.y, target], () => ({
          id,
          type: "jump",
          ...placed(shape),
          data: { target },
          draggable: false,
          selectable: false,
          focusable: false,
        })),
      ];
    }
    return [
      kept.take(id, [shape.x, shape.y], () => ({
        id,
        type: "meet",
        ...placed(shape),
        data: {},
        draggable: false,
        selectable: false,
        focusable: false,
      })),
    ];
  });
}

export function listLines(document: FlowDocument, look: Look, kept: Kept<LineShape>): LineShape[] {
  return layoutOf(document).links.map((link) => {
    const through = link.gap && "edges" in link.gap ? link.gap.edges : link.edge === null ? [] : [link.edge];
    const passed = through.some((edge) => passes(document, edge, look));
    return kept.take(link.id, [JSON.stringify(link), passed], () => ({
      id: link.id,
      type: "line",
      source: link.from,
      target: link.to,
      data: { gap: link.gap, level: link.level, passed },
      markerEnd: link.arrow ? ARROW : undefined,
      selectable: false,
      focusable: false,
    }));
  });
}

function passes(document: FlowDocument, id: string, look: Look): boolean {
  if (!look.passed) return false;
  const edge = document.edges.find((one) => one.id === id);
  if (!edge || !look.passed.has(edge.source) || !look.passed.has(edge.target)) return false;
  const left = look.ways?.get(edge.source);
  return !edge.outcome || !left || left === edge.outcome;
}

/** Where the free canvas has a node: as it was drawn there, else as the list has it. */
export function placeOf(document: FlowDocument): Map<string, Box> {
  const places = new Map<string, Box>();
  for (const shape of layoutOf(document).shapes) {
    if (shape.kind === "node") places.set(shape.node, shape);
  }
  for (const node of document.nodes) {
    const drawn = document.layout?.[node.id];
    if (drawn) places.set(node.id, { ...drawn, ...sizeOf(node.type) });
  }
  return places;
}

export function freeShapes(
  document: FlowDocument,
  look: Look,
  kept: Kept<Shape>,
  moving: ReadonlyMap<string, { x: number; y: number }>,
  editable: boolean,
): Shape[] {
  const places = placeOf(document);
  return document.nodes.flatMap((node) => {
    const box = places.get(node.id);
    if (!box) return [];
    return [step(document, node, { ...box, ...moving.get(node.id) }, look, kept, editable)];
  });
}

export function freeLines(document: FlowDocument, look: Look, kept: Kept<WayShape>): WayShape[] {
  return document.edges.map((edge) => {
    const selected = look.selected.has(`edge:${edge.id}`);
    const name = wayName(look.t, document, edge);
    const passed = passes(document, edge.id, look);
    const fate = look.marks?.get(`edge:${edge.id}`)?.fate ?? null;
    return kept.take(`way:${edge.id}`, [edge, selected, name, passed, fate], () => ({
      id: edge.id,
      type: "way",
      source: edge.source,
      target: edge.target,
      data: { name, aside: Boolean(edge.on), passed, fate, points: edge.points?.length ? edge.points : null },
      markerEnd: ARROW,
      selected,
    }));
  });
}
