/** Copying and moving steps: a step alone, or a fork with all that stands in its lanes. */
import { type FlowDocument, type FlowEdge, type FlowForm, type FlowNode, isFork } from "../types";
import { edgeOf, gapEdges, nodeOf, redirect, removeStep } from "./edit";
import type { Gap } from "./layout";
import { freeId, nodeIds } from "./names";
import { idsIn, itemOf, structureOf } from "./structure";

export interface Piece {
  nodes: FlowNode[];
  /** Edges between them. */
  inner: FlowEdge[];
  /** Edges that lead out of the piece. */
  exits: FlowEdge[];
  entry: string;
  /** Forms they use, for another flow. */
  forms: FlowForm[];
}

/** What is taken along with a step. */
export function blockOf(document: FlowDocument, id: string): Set<string> {
  const node = nodeOf(document, id);
  const block = new Set([id]);
  if (!node || !isFork(node.type)) return block;
  const structure = structureOf(document);
  const item = itemOf(structure, id);
  if (item?.kind === "fork") for (const lane of item.lanes) for (const one of idsIn(lane)) block.add(one);
  const merge = structure.merges.get(id);
  if (merge && nodeOf(document, merge)?.type === "join") block.add(merge);
  return block;
}

export function copyOf(document: FlowDocument, ids: readonly string[]): Piece | null {
  const [entry] = ids;
  if (entry === undefined) return null;
  const block = ids.length === 1 ? blockOf(document, entry) : new Set(ids);
  const nodes = document.nodes.filter((node) => block.has(node.id) && node.type !== "start");
  if (nodes.length === 0) return null;
  const kept = new Set(nodes.map((node) => node.id));
  const inner = document.edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target));
  const exits = document.edges.filter((edge) => kept.has(edge.source) && !kept.has(edge.target));
  const used = new Set(nodes.map((node) => node.form));
  const forms = (document.forms ?? []).filter((form) => used.has(form.key));
  const headed = new Set(inner.map((edge) => edge.target));
  const first =
    kept.has(entry) && !headed.has(entry) ? entry : nodes.find((node) => !headed.has(node.id))?.id;
  return { nodes, inner, exits, entry: first ?? entry, forms };
}

interface Renamed {
  document: FlowDocument;
  ids: ReadonlyMap<string, string>;
}

/** Adds the piece's nodes, inner edges and forms under free ids. */
function added(document: FlowDocument, piece: Piece): Renamed {
  const taken = nodeIds(document);
  const ids = new Map<string, string>();
  const nodes = piece.nodes.map((node) => {
    const id = taken.has(node.id) ? freeId(taken, node.type) : node.id;
    taken.add(id);
    ids.set(node.id, id);
    return { ...node, id };
  });
  const known = new Set((document.forms ?? []).map((form) => form.key));
  const forms = [...(document.forms ?? []), ...piece.forms.filter((form) => !known.has(form.key))];
  const next: FlowDocument = { ...document, nodes: [...document.nodes, ...nodes], forms };
  return { document: withEdges(next, piece.inner, ids), ids };
}

function withEdges(
  document: FlowDocument,
  edges: readonly FlowEdge[],
  ids: ReadonlyMap<string, string>,
  to?: string,
): FlowDocument {
  const taken = new Set(document.edges.map((edge) => edge.id));
  const made = edges.map((edge) => {
    const id = freeId(taken, "e");
    taken.add(id);
    return {
      ...edge,
      id,
      source: ids.get(edge.source) ?? edge.source,
      target: to ?? ids.get(edge.target) ?? edge.target,
    };
  });
  return { ...document, edges: [...document.edges, ...made] };
}

/** Puts a piece where the + was pressed; every way out of it goes on below. */
export function pasteAt(
  document: FlowDocument,
  gap: Gap,
  piece: Piece,
): { document: FlowDocument; select: string | null } {
  const { edges, target } = gapEdges(document, gap);
  if (target === null) return { document, select: null };
  const put = added(document, piece);
  const entry = put.ids.get(piece.entry) ?? null;
  if (entry === null) return { document, select: null };
  const led = redirect(put.document, new Set(edges.map((edge) => edge.id)), entry);
  const alone = piece.nodes.length === 1 && !piece.nodes.some((node) => isFork(node.type));
  const exits = alone ? piece.exits.slice(0, 1).map(plain) : piece.exits;
  const ends = piece.nodes.every((node) => node.type === "end");
  const out = exits.length > 0 || ends ? exits : [bare(piece.nodes.at(-1)?.id ?? piece.entry, target)];
  return { document: withEdges(led, out, put.ids, target), select: entry };
}

const bare = (source: string, target: string): FlowEdge => ({ id: "", source, target });
const plain = ({ id, source, target }: FlowEdge): FlowEdge => ({ id, source, target });

/** Beside everything, connected to nothing: how the free canvas pastes. */
export function pasteFree(
  document: FlowDocument,
  piece: Piece,
  by: { x: number; y: number },
): { document: FlowDocument; ids: string[] } {
  const put = added(document, piece);
  const layout = { ...put.document.layout };
  for (const [old, id] of put.ids) {
    const at = document.layout?.[old] ?? { x: 0, y: 0 };
    layout[id] = { x: at.x + by.x, y: at.y + by.y };
  }
  return { document: { ...put.document, layout }, ids: [...put.ids.values()] };
}

/** Moves a step (a fork with its lanes) to a gap; null when the gap lies in what is moved. */
export function moveTo(
  document: FlowDocument,
  id: string,
  gap: Gap,
): { document: FlowDocument; select: string } | null {
  const block = blockOf(document, id);
  const { edges } = gapEdges(document, gap);
  if (edges.length === 0 || edges.some((edge) => block.has(edge.source) || block.has(edge.target)))
    return null;
  const piece = copyOf(document, [id]);
  if (!piece) return null;
  const rest = removeStep(document, id);
  const left = "edge" in gap ? gap : { ...gap, edges: gap.edges.filter((one) => edgeOf(rest, one)) };
  const put = pasteAt(rest, left, piece);
  return put.select === null ? null : { document: put.document, select: put.select };
}
