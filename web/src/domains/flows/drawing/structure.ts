/**
 * The graph as the list shows it: steps one under the other, lanes side by side where a step has several ways on, and a
 * named jump where a way leads somewhere that is drawn already. Any graph can be shown so; nothing is lost.
 */
import { type FlowDocument, type FlowEdge, type FlowNode, isFork } from "../types";

export interface StepItem {
  kind: "step";
  id: string;
  /** The edge that leads here from the item above; none at the top. */
  into: FlowEdge | null;
}

export interface ForkItem {
  kind: "fork";
  id: string;
  into: FlowEdge | null;
  lanes: Lane[];
  /** Where the lanes meet; null when none goes on. */
  merge: string | null;
}

export type Item = StepItem | ForkItem;

export type Tail =
  { kind: "meets"; edge: FlowEdge } | { kind: "jumps"; edge: FlowEdge; target: string } | { kind: "stops" };

export interface Sequence {
  items: Item[];
  tail: Tail;
}

export interface Lane extends Sequence {
  edge: FlowEdge;
}

export interface Structure {
  /** The first begins at the start; the others are not reached from it. */
  sequences: Sequence[];
  /** Fork → where its lanes meet. */
  merges: ReadonlyMap<string, string | null>;
}

export interface Graph {
  nodes: ReadonlyMap<string, FlowNode>;
  out: ReadonlyMap<string, readonly FlowEdge[]>;
  into: ReadonlyMap<string, readonly FlowEdge[]>;
}

const byOrder = (one: FlowEdge, other: FlowEdge): number =>
  Number(Boolean(one.on)) - Number(Boolean(other.on)) ||
  Number(Boolean(one.default)) - Number(Boolean(other.default)) ||
  (one.order ?? 0) - (other.order ?? 0);

export function graphOf(document: FlowDocument): Graph {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const out = new Map<string, FlowEdge[]>(document.nodes.map((node) => [node.id, []]));
  const into = new Map<string, FlowEdge[]>(document.nodes.map((node) => [node.id, []]));
  for (const edge of document.edges) {
    if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue;
    out.get(edge.source)?.push(edge);
    into.get(edge.target)?.push(edge);
  }
  for (const edges of out.values()) edges.sort(byOrder);
  return { nodes, out, into };
}

export const startOf = (document: FlowDocument): FlowNode | undefined =>
  document.nodes.find((node) => node.type === "start");

/** Everything that can be reached from there, itself included. */
export function reachable(graph: Graph, from: string, skip?: ReadonlySet<FlowEdge>): Set<string> {
  const seen = new Set([from]);
  const todo = [from];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    for (const edge of graph.out.get(id) ?? []) {
      if (skip?.has(edge) || seen.has(edge.target)) continue;
      seen.add(edge.target);
      todo.push(edge.target);
    }
  }
  return seen;
}

/** Edges that lead back to a step on the way to them, and every node after all that lead to it. */
function ordered(graph: Graph, from: readonly string[]): { back: Set<FlowEdge>; rank: Map<string, number> } {
  const back = new Set<FlowEdge>();
  const state = new Map<string, "open" | "done">();
  const done: string[] = [];
  for (const first of from) {
    if (state.has(first)) continue;
    const stack = [{ id: first, next: 0 }];
    state.set(first, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = graph.out.get(top.id)?.[top.next++];
      if (!edge) {
        state.set(top.id, "done");
        done.push(top.id);
        stack.pop();
      } else if (state.get(edge.target) === "open") {
        back.add(edge);
      } else if (!state.has(edge.target)) {
        state.set(edge.target, "open");
        stack.push({ id: edge.target, next: 0 });
      }
    }
  }
  return { back, rank: new Map(done.reverse().map((id, index) => [id, index])) };
}

class Builder {
  readonly merges = new Map<string, string | null>();
  private readonly placed = new Set<string>();
  private readonly back: Set<FlowEdge>;
  private readonly rank: Map<string, number>;

  constructor(
    private readonly graph: Graph,
    roots: readonly string[],
  ) {
    ({ back: this.back, rank: this.rank } = ordered(graph, roots));
  }

  has(id: string): boolean {
    return this.placed.has(id);
  }

  sequence(first: string, into: FlowEdge | null, stops: readonly string[]): Sequence {
    const items: Item[] = [];
    let here = first;
    let edge = into;
    for (;;) {
      if (edge && here === stops.at(-1)) return { items, tail: { kind: "meets", edge } };
      if (edge && (this.placed.has(here) || stops.includes(here) || this.back.has(edge)))
        return { items, tail: { kind: "jumps", edge, target: here } };
      this.placed.add(here);
      const ways = this.graph.out.get(here) ?? [];
      const type = this.graph.nodes.get(here)?.type ?? "task";
      const [only] = ways;
      if (!only) {
        items.push({ kind: "step", id: here, into: edge });
        return { items, tail: { kind: "stops" } };
      }
      if (ways.length === 1 && !isFork(type) && !only.on) {
        items.push({ kind: "step", id: here, into: edge });
        [here, edge] = [only.target, only];
        continue;
      }
      const fork = this.fork(here, edge, ways, stops);
      items.push(fork);
      const onward = this.onward(fork);
      if (!onward) return { items, tail: { kind: "stops" } };
      [here, edge] = [onward.target, onward];
    }
  }

  /** Some edge by which a fork's lanes lead to where they meet. */
  private onward(fork: ForkItem): FlowEdge | null {
    for (const lane of fork.lanes) {
      if (lane.tail.kind === "meets") return lane.tail.edge;
    }
    return null;
  }

  private fork(
    id: string,
    into: FlowEdge | null,
    ways: readonly FlowEdge[],
    stops: readonly string[],
  ): ForkItem {
    const { merge, aside } = this.meeting(ways, stops);
    this.merges.set(id, merge);
    const below = merge === null ? stops : [...stops, merge];
    const lanes = ways.map((edge): Lane => {
      if (aside.has(edge)) return { edge, items: [], tail: { kind: "jumps", edge, target: edge.target } };
      return { edge, ...this.sequence(edge.target, edge, below) };
    });
    return { kind: "fork", id, into, lanes, merge };
  }

  /**
   * Where lanes meet: the first step that most of them reach, two at least. When nothing but an end is shared, or nothing
   * at all, the longest lane goes on below as the main line, and the others are drawn aside.
   */
  private meeting(
    ways: readonly FlowEdge[],
    stops: readonly string[],
  ): { merge: string | null; aside: Set<FlowEdge> } {
    const forward = ways.filter((edge) => !this.back.has(edge) && !this.elsewhere(edge.target, stops));
    const reach = forward.map((edge) => reachable(this.graph, edge.target, this.back));
    const shared = this.firstShared(reach, stops);
    const ended = shared !== null && this.graph.nodes.get(shared)?.type === "end" && shared !== stops.at(-1);
    const longer = forward.filter((edge) => edge.target !== shared);
    if (ended && longer.length === 1 && forward.length > 1) {
      const aside = new Set(forward.filter((edge) => edge.target === shared));
      return { merge: longer[0]?.target ?? null, aside };
    }
    if (shared !== null) return { merge: shared, aside: new Set() };
    let main: FlowEdge | undefined;
    let most = 0;
    forward.forEach((edge, index) => {
      const size = reach[index]?.size ?? 0;
      if (size > most && !this.placed.has(edge.target)) [main, most] = [edge, size];
    });
    return { merge: main?.target ?? null, aside: new Set() };
  }

  private elsewhere(target: string, stops: readonly string[]): boolean {
    return this.placed.has(target) || (stops.includes(target) && stops.at(-1) !== target);
  }

  private firstShared(reach: readonly Set<string>[], stops: readonly string[]): string | null {
    const counts = new Map<string, number>();
    for (const set of reach) for (const id of set) counts.set(id, (counts.get(id) ?? 0) + 1);
    let best: string | null = null;
    let most = 1;
    let at = Infinity;
    for (const [id, count] of counts) {
      const rank = this.rank.get(id) ?? Infinity;
      if (this.elsewhere(id, stops) || count < 2) continue;
      if (count > most || (count === most && rank < at)) [best, most, at] = [id, count, rank];
    }
    return best;
  }
}

const kept = new WeakMap<FlowDocument, Structure>();

/** The structure of a document, worked out once. */
export function structureOf(document: FlowDocument): Structure {
  const found = kept.get(document);
  if (found) return found;
  const graph = graphOf(document);
  const start = startOf(document)?.id;
  // heads of what the start does not reach come before their followers
  const loose = document.nodes
    .map((node) => node.id)
    .sort((one, other) => (graph.into.get(one)?.length ?? 0) - (graph.into.get(other)?.length ?? 0));
  const roots = start === undefined ? loose : [start, ...loose];
  const builder = new Builder(graph, roots);
  const sequences: Sequence[] = [];
  for (const root of roots) {
    if (!builder.has(root)) sequences.push(builder.sequence(root, null, []));
  }
  const structure = { sequences, merges: builder.merges };
  kept.set(document, structure);
  return structure;
}

/** Ids of the nodes in a sequence, lanes included. */
export function idsIn(sequence: Sequence): string[] {
  return sequence.items.flatMap((item) =>
    item.kind === "step" ? [item.id] : [item.id, ...item.lanes.flatMap(idsIn)],
  );
}

/** The item of a node, wherever it lies. */
export function itemOf(structure: Structure, id: string): Item | undefined {
  const within = (sequence: Sequence): Item | undefined => {
    for (const item of sequence.items) {
      if (item.id === id) return item;
      for (const lane of item.kind === "fork" ? item.lanes : []) {
        const found = within(lane);
        if (found) return found;
      }
    }
    return undefined;
  };
  for (const sequence of structure.sequences) {
    const found = within(sequence);
    if (found) return found;
  }
  return undefined;
}
