/** Lays the free canvas out by itself: layers from top to bottom, few crossings. Loaded when asked for. */
import { Graph, layout } from "@dagrejs/dagre";

import type { FlowDocument } from "../types";
import { sizeOf } from "./layout";

const GRID = 10;

export function arranged(document: FlowDocument): Record<string, { x: number; y: number }> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 40, ranksep: 56, edgesep: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of document.nodes) graph.setNode(node.id, { ...sizeOf(node.type) });
  for (const edge of document.edges) graph.setEdge(edge.source, edge.target, {}, edge.id);
  layout(graph);
  return Object.fromEntries(
    document.nodes.map((node) => {
      const { x, y } = graph.node(node.id) as { x: number; y: number };
      const size = sizeOf(node.type);
      const snap = (value: number) => Math.round(value / GRID) * GRID;
      return [node.id, { x: snap(x - size.width / 2), y: snap(y - size.height / 2) }];
    }),
  );
}
