/** Where the list draws each thing, in pixels. The top of the start is at 0; x grows to both sides of it. */
import { type FlowDocument, type FlowEdge, type NodeType, isFork } from "../types";
import { type ForkItem, type Item, type Lane, type Sequence, structureOf } from "./structure";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A node's card, the head of a lane, a named jump at a lane's end, or the point where lanes meet. */
export type Shape = Box &
  (
    | { kind: "node"; id: string; node: string }
    | { kind: "head"; id: string; edge: FlowEdge; fork: string }
    | { kind: "jump"; id: string; edge: FlowEdge; target: string }
    | { kind: "meet"; id: string }
  );

/** Where a new step would go: on an edge, or in front of a node for several of the edges that lead to it. */
export type Gap = { edge: string } | { before: string; edges: readonly string[] };

export interface Link {
  id: string;
  from: string;
  to: string;
  /** The document's edge that is drawn here; none below the point where several meet. */
  edge: string | null;
  gap: Gap | null;
  /** y of the level part of the line, where it has one. */
  level: number | null;
  arrow: boolean;
}

export interface Layout {
  shapes: Shape[];
  links: Link[];
  width: number;
  height: number;
}

export const CARD = { width: 232, height: 74 } as const;
const PILL = { width: 132, height: 36 } as const;
const JUMP = { width: 156, height: 30 } as const;
const CONDITION = { width: 200, height: 54 } as const;
const LABEL = { width: 132, height: 28 } as const;
/** Room for a line and the + on it. */
const STEP = 54;
const BEND = 22;
const SIDE = 28;

export function sizeOf(type: NodeType): { width: number; height: number } {
  return type === "start" || type === "end" || type === "join" || isFork(type) ? PILL : CARD;
}

interface Place {
  /** The lowest shape of what was drawn, from which the line goes on. */
  last: string;
  bottom: number;
  /** The document's edges that go on from here. */
  edges: readonly FlowEdge[];
  /** Whether a new step may be put on the line; below lanes of which only one goes on, it may be put above. */
  open: boolean;
}

class Drawer {
  readonly shapes: Shape[] = [];
  readonly links: Link[] = [];
  private readonly types: ReadonlyMap<string, NodeType>;

  constructor(document: FlowDocument) {
    this.types = new Map(document.nodes.map((node) => [node.id, node.type]));
  }

  width(sequence: Sequence): number {
    const items = sequence.items.map((item) => this.itemWidth(item));
    return Math.max(sequence.tail.kind === "jumps" ? JUMP.width : 0, ...items, 0);
  }

  private itemWidth(item: Item): number {
    const own = this.size(item.id).width;
    if (item.kind === "step") return own;
    return Math.max(own, this.lanesWidth(item.id, item.lanes));
  }

  private lanesWidth(fork: string, lanes: readonly Lane[]): number {
    const widths = lanes.map((lane) => this.laneWidth(fork, lane));
    return widths.reduce((sum, width) => sum + width, 0) + SIDE * (lanes.length - 1);
  }

  private laneWidth(fork: string, lane: Lane): number {
    return Math.max(this.headSize(fork).width, this.width(lane));
  }

  private headSize(fork: string): { width: number; height: number } {
    const type = this.types.get(fork);
    return type === "branch" || type === "inclusive" ? CONDITION : LABEL;
  }

  private size(id: string): { width: number; height: number } {
    return sizeOf(this.types.get(id) ?? "task");
  }

  /** Draws a sequence below `above`; gives back where the line goes on, null when it ends there. */
  sequence(sequence: Sequence, x: number, y: number, above: Place | null): Place | null {
    let place = above;
    let top = y;
    sequence.items.forEach((item, index) => {
      const own = this.size(item.id);
      this.shapes.push({ kind: "node", id: item.id, node: item.id, x: x - own.width / 2, y: top, ...own });
      if (place) this.link(place, item.id);
      place = { last: item.id, bottom: top + own.height, edges: wayOn(sequence, index), open: true };
      if (item.kind === "fork") place = this.fork(item, x, place);
      top = (place?.bottom ?? 0) + STEP;
    });
    const { tail } = sequence;
    if (tail.kind === "stops" || !place) return null;
    if (tail.kind === "meets") return place;
    const id = `jump:${tail.edge.id}`;
    this.shapes.push({
      kind: "jump",
      id,
      edge: tail.edge,
      target: tail.target,
      x: x - JUMP.width / 2,
      y: top,
      ...JUMP,
    });
    this.link(place, id);
    return null;
  }

  private fork({ id, lanes, merge }: ForkItem, x: number, above: Place): Place | null {
    const head = this.headSize(id);
    const level = above.bottom + BEND;
    const top = level + BEND;
    const first = this.shapes.length;
    const ends: Place[] = [];
    let left = x - this.lanesWidth(id, lanes) / 2;
    for (const lane of lanes) {
      const width = this.laneWidth(id, lane);
      const middle = left + width / 2;
      left += width + SIDE;
      const shape = `head:${lane.edge.id}`;
      const box = { x: middle - head.width / 2, y: top, ...head };
      this.shapes.push({ kind: "head", id: shape, edge: lane.edge, fork: id, ...box });
      this.link({ ...above, edges: [lane.edge], open: false }, shape, level);
      const from = { last: shape, bottom: top + head.height, edges: [lane.edge], open: true };
      const end = this.sequence(lane, middle, from.bottom + STEP, from);
      if (end) ends.push(end);
    }
    if (merge === null || ends.length === 0) return null;
    const bottom = this.shapes.slice(first).reduce((most, one) => Math.max(most, one.y + one.height), top);
    const meets = bottom + STEP - BEND / 2;
    const meet = `meet:${id}`;
    this.shapes.push({ kind: "meet", id: meet, x: x - 1, y: meets, width: 2, height: 0 });
    for (const end of ends) this.link(end, meet, meets);
    const edges = ends.flatMap((end) => end.edges);
    return { last: meet, bottom: meets, edges, open: edges.length > 1 };
  }

  private link(from: Place, to: string, level: number | null = null): void {
    this.links.push({
      id: `${from.last}>${to}`,
      from: from.last,
      to,
      edge: from.edges.length === 1 ? (from.edges[0]?.id ?? null) : null,
      gap: from.open ? gapOf(from.edges) : null,
      level,
      arrow: !to.startsWith("meet:") && !to.startsWith("head:"),
    });
  }
}

/** The edge from an item to what follows it in its sequence. */
function wayOn(sequence: Sequence, index: number): FlowEdge[] {
  const next = sequence.items[index + 1];
  const edge = next ? next.into : sequence.tail.kind === "stops" ? null : sequence.tail.edge;
  return edge ? [edge] : [];
}

function gapOf(edges: readonly FlowEdge[]): Gap | null {
  const [first] = edges;
  if (!first) return null;
  return edges.length === 1
    ? { edge: first.id }
    : { before: first.target, edges: edges.map((edge) => edge.id) };
}

const kept = new WeakMap<FlowDocument, Layout>();

/** The list's picture of a document. */
export function layoutOf(document: FlowDocument): Layout {
  const found = kept.get(document);
  if (found) return found;
  const drawer = new Drawer(document);
  let right = 0;
  structureOf(document).sequences.forEach((sequence, index) => {
    const width = drawer.width(sequence);
    const x = index === 0 ? 0 : right + SIDE * 2 + width / 2;
    drawer.sequence(sequence, x, 0, null);
    right = x + width / 2;
  });
  const layout = { shapes: drawer.shapes, links: drawer.links, ...extent(drawer.shapes) };
  kept.set(document, layout);
  return layout;
}

function extent(shapes: readonly Shape[]): { width: number; height: number } {
  const left = Math.min(0, ...shapes.map((shape) => shape.x));
  const right = Math.max(0, ...shapes.map((shape) => shape.x + shape.width));
  return { width: right - left, height: Math.max(0, ...shapes.map((shape) => shape.y + shape.height)) };
}
