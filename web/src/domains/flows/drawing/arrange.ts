/** Lays the free canvas out by itself: layers from top to bottom, few crossings. Loaded when asked for. */
import { Graph, layout } from "@dagrejs/dagre";

import type { FlowDocument } from "../types";
import type { Point } from "./free";
import { sizeOf } from "./layout";

const GRID = 10;
/** Room for the name of a way. */
const NAME = { width: 96, height: 22, labelpos: "c" };

export interface Arranged {
  layout: Record<string, Point>;
  /** Bends of the lines that pass other steps. */
  bends: Record<string, Point[]>;
}

export function arranged(document: FlowDocument): Arranged {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 48, ranksep: 34, edgesep: 36 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of document.nodes) graph.setNode(node.id, { ...sizeOf(node.type) });
  for (const edge of document.edges) graph.setEdge(edge.source, edge.target, { ...NAME }, edge.id);
  layout(graph);
  const snap = (value: number) => Math.round(value / GRID) * GRID;
  const places = document.nodes.map((node) => {
    const { x, y } = graph.node(node.id) as Point;
    const size = sizeOf(node.type);
    return [node.id, { x: snap(x - size.width / 2), y: snap(y - size.height / 2) }] as const;
  });
  const bends = document.edges.map((edge) => {
    const { points } = graph.edge(edge.source, edge.target, edge.id) as { points: Point[] };
    const inner = points.slice(1, -1).map(({ x, y }) => ({ x: snap(x), y: snap(y) }));
    return [edge.id, inner.length > 1 && edge.source !== edge.target ? inner : []] as const;
  });
  return { layout: Object.fromEntries(places), bends: Object.fromEntries(bends) };
}
