/** The free canvas: where things are drawn is kept in the document. */
import type { FlowDocument, FlowEdge, NodeType } from "../types";
import { layoutOf, sizeOf } from "./layout";
import type { Arranged } from "./arrange";
import { newNode } from "./names";

export interface Point {
  x: number;
  y: number;
}

/** Everything where the layout put it. */
export function withArrangement(document: FlowDocument, { layout, bends }: Arranged): FlowDocument {
  return {
    ...document,
    layout,
    edges: document.edges.map((edge) => {
      const points = bends[edge.id] ?? [];
      return points.length > 0 ? { ...edge, points } : straight(edge);
    }),
  };
}

function straight(edge: FlowEdge): FlowEdge {
  const rest = { ...edge };
  delete rest.points;
  return rest;
}

/** Nodes where they were dragged; lines that hang on them lose their bends. */
export function withPlaces(document: FlowDocument, places: ReadonlyMap<string, Point>): FlowDocument {
  return {
    ...document,
    layout: { ...drawn(document), ...Object.fromEntries(places) },
    edges: document.edges.map((edge) => {
      if (!edge.points || !(places.has(edge.source) || places.has(edge.target))) return edge;
      return straight(edge);
    }),
  };
}

/** A new node of a type with its middle at a place, connected to nothing. */
export function withNode(
  document: FlowDocument,
  type: NodeType,
  at: Point,
): { document: FlowDocument; id: string } {
  const made = newNode(document, type);
  const size = sizeOf(type);
  const snap = (value: number) => Math.round(value / 10) * 10;
  const place = { x: snap(at.x - size.width / 2), y: snap(at.y - size.height / 2) };
  const next = { ...made.document, nodes: [...made.document.nodes, made.node] };
  return { document: { ...next, layout: { ...drawn(document), [made.node.id]: place } }, id: made.node.id };
}

/** Where everything is drawn now: what has no place of its own stands as in the list. */
export function drawn(document: FlowDocument): Record<string, Point> {
  const places: Record<string, Point> = {};
  for (const shape of layoutOf(document).shapes) {
    if (shape.kind === "node") places[shape.node] = { x: Math.round(shape.x), y: Math.round(shape.y) };
  }
  return { ...places, ...document.layout };
}
