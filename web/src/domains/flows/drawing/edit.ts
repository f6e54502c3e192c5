/** What the designer does to a document. Every function gives a new one and leaves the old one as it is. */
import { type FlowDocument, type FlowEdge, type FlowNode, type NodeType, isFork } from "../types";
import type { Gap } from "./layout";
import { newEdge, newNode, withEdge, words } from "./names";
import { graphOf, reachable, startOf, structureOf } from "./structure";

export interface Edited {
  document: FlowDocument;
  /** What is selected afterwards. */
  select: string | null;
}

export const nodeOf = (document: FlowDocument, id: string): FlowNode | undefined =>
  document.nodes.find((node) => node.id === id);
export const edgeOf = (document: FlowDocument, id: string): FlowEdge | undefined =>
  document.edges.find((edge) => edge.id === id);
export const edgesFrom = (document: FlowDocument, id: string): FlowEdge[] =>
  document.edges.filter((edge) => edge.source === id);

export function changeNode(document: FlowDocument, id: string, change: Partial<FlowNode>): FlowDocument {
  const nodes = document.nodes.map((node) => (node.id === id ? without({ ...node, ...change }) : node));
  return { ...document, nodes };
}

export function changeEdge(document: FlowDocument, id: string, change: Partial<FlowEdge>): FlowDocument {
  const edges = document.edges.map((edge) => (edge.id === id ? without({ ...edge, ...change }) : edge));
  return { ...document, edges };
}

/** `undefined` takes a field out. */
function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

/** The edges of a gap and where they lead. */
export function gapEdges(document: FlowDocument, gap: Gap): { edges: FlowEdge[]; target: string | null } {
  const ids = "edge" in gap ? [gap.edge] : gap.edges;
  const edges = ids.flatMap((id) => edgeOf(document, id) ?? []);
  return { edges, target: edges[0]?.target ?? null };
}

export function redirect(document: FlowDocument, ids: ReadonlySet<string>, target: string): FlowDocument {
  return {
    ...document,
    edges: document.edges.map((edge) => (ids.has(edge.id) ? { ...edge, target } : edge)),
  };
}

/** A new step of a type where the + was pressed; forks come with two lanes. */
export function insertAt(document: FlowDocument, gap: Gap, type: NodeType): Edited {
  const { edges, target } = gapEdges(document, gap);
  if (target === null) return { document, select: null };
  const made = newNode(document, type);
  let next: FlowDocument = { ...made.document, nodes: insertedBefore(made.document, made.node, target) };
  next = redirect(next, new Set(edges.map((edge) => edge.id)), made.node.id);
  if (type === "end") return { document: pruned(document, next), select: made.node.id };
  if (!isFork(type)) return { document: withEdge(next, made.node.id, target), select: made.node.id };
  return { document: forked(next, made.node, target), select: made.node.id };
}

/** In the list of nodes a new one stands in front of what follows it, as people read. */
function insertedBefore(document: FlowDocument, node: FlowNode, target: string): FlowNode[] {
  const at = document.nodes.findIndex((one) => one.id === target);
  return at < 0
    ? [...document.nodes, node]
    : [...document.nodes.slice(0, at), node, ...document.nodes.slice(at)];
}

function forked(document: FlowDocument, fork: FlowNode, target: string): FlowDocument {
  if (fork.type === "branch") {
    const first = withEdge(document, fork.id, target, {
      order: 0,
      condition: "",
      name: words("条件 1", "Condition 1"),
    });
    return withEdge(first, fork.id, target, {
      order: 1,
      default: true,
      name: words("其他情况", "Otherwise"),
    });
  }
  const joined = newNode(document, "join");
  const join: FlowNode = { ...joined.node, mode: fork.type === "parallel" ? "all" : "active" };
  let next: FlowDocument = { ...document, nodes: insertedBefore(document, join, target) };
  next = withEdge(next, join.id, target);
  if (fork.type === "parallel") {
    next = withEdge(next, fork.id, join.id, { order: 0 });
    return withEdge(next, fork.id, join.id, { order: 1 });
  }
  next = withEdge(next, fork.id, join.id, { order: 0, condition: "", name: words("条件 1", "Condition 1") });
  return withEdge(next, fork.id, join.id, {
    order: 1,
    default: true,
    name: words("都不符合", "None of them"),
  });
}

/** Where lanes of a fork meet: the next step below it. */
export function meetingOf(document: FlowDocument, fork: string): string | null {
  const merge = structureOf(document).merges.get(fork);
  return merge ?? edgesFrom(document, fork)[0]?.target ?? null;
}

/** One more lane, in front of the default. */
export function addLane(document: FlowDocument, fork: string): Edited {
  const node = nodeOf(document, fork);
  const target = meetingOf(document, fork);
  if (!node || target === null) return { document, select: null };
  const ways = edgesFrom(document, fork);
  const order = Math.max(-1, ...ways.filter((way) => !way.default).map((way) => way.order ?? 0)) + 1;
  const conditional = node.type === "branch" || node.type === "inclusive";
  const number = ways.filter((way) => !way.default).length + 1;
  const edge = newEdge(document, fork, target, {
    order,
    ...(conditional ? { condition: "", name: words(`条件 ${number}`, `Condition ${number}`) } : {}),
  });
  const edges = [...document.edges, edge].map((one) =>
    one.source === fork && one.default ? { ...one, order: order + 1 } : one,
  );
  return { document: { ...document, edges }, select: edge.id };
}

/** A lane and what stands only in it; a fork left with one lane goes as well. */
export function removeLane(document: FlowDocument, edge: string): FlowDocument {
  const gone = edgeOf(document, edge);
  const fork = gone && nodeOf(document, gone.source);
  if (!gone || !fork) return document;
  const rest = { ...document, edges: document.edges.filter((one) => one.id !== edge) };
  const ways = edgesFrom(rest, fork.id);
  const [only] = ways;
  if (!isFork(fork.type) || ways.length > 1 || !only) return pruned(document, rest);
  const meet = structureOf(document).merges.get(fork.id) ?? null;
  const dissolved = bypass(rest, fork.id, only.target);
  const join = meet === null ? undefined : nodeOf(dissolved, meet);
  const cleaned = pruned(document, dissolved);
  const ways2 = join?.type === "join" ? edgesFrom(cleaned, join.id) : [];
  const after = ways2[0]?.target;
  const lonely = join && cleaned.edges.filter((one) => one.target === join.id).length === 1;
  return after && lonely ? bypass(cleaned, join.id, after) : cleaned;
}

/** Takes a node out and leads what came to it on to `target`. */
function bypass(document: FlowDocument, id: string, target: string): FlowDocument {
  return {
    ...document,
    nodes: document.nodes.filter((node) => node.id !== id),
    edges: document.edges
      .filter((edge) => edge.source !== id)
      .map((edge) => (edge.target === id ? { ...edge, target } : edge))
      .filter((edge) => edge.source !== edge.target),
  };
}

/** What could be reached before and cannot be any more goes. */
export function pruned(before: FlowDocument, after: FlowDocument): FlowDocument {
  const start = startOf(after)?.id;
  if (start === undefined) return after;
  const was = reachable(graphOf(before), start);
  const is = reachable(graphOf(after), start);
  const fresh = new Set(before.nodes.map((node) => node.id));
  const gone = new Set(
    after.nodes
      .filter((node) => was.has(node.id) && fresh.has(node.id) && !is.has(node.id))
      .map((node) => node.id),
  );
  if (gone.size === 0) return after;
  return {
    ...after,
    nodes: after.nodes.filter((node) => !gone.has(node.id)),
    edges: after.edges.filter((edge) => !gone.has(edge.source) && !gone.has(edge.target)),
  };
}

/** Where a run goes on when the step is taken out; null when nothing follows it. */
function following(document: FlowDocument, node: FlowNode): string | null {
  const ways = edgesFrom(document, node.id);
  const [only] = ways;
  if (ways.length === 1 && only) return only.target;
  const meet = structureOf(document).merges.get(node.id) ?? null;
  const join = meet === null ? undefined : nodeOf(document, meet);
  if (isFork(node.type) && join?.type === "join") return edgesFrom(document, join.id)[0]?.target ?? null;
  return meet;
}

export const mayRemove = (node: FlowNode): boolean => node.type !== "start";

/** A step and, of a fork, its lanes; what came to it goes on below. */
export function removeStep(document: FlowDocument, id: string): FlowDocument {
  const node = nodeOf(document, id);
  if (!node || !mayRemove(node)) return document;
  const next = following(document, node);
  if (next === null || next === id) {
    const nodes = document.nodes.filter((one) => one.id !== id);
    const edges = document.edges.filter((edge) => edge.source !== id && edge.target !== id);
    const rest = { ...document, nodes, edges };
    // the only end stays: a flow without one cannot be drawn further
    return nodes.some((one) => one.type === "end") ? rest : document;
  }
  return pruned(document, bypass(document, id, next));
}

/** Several at once, as the free canvas deletes: nothing is led on around them unless the way is plain. */
export function removeAll(document: FlowDocument, ids: readonly string[]): FlowDocument {
  return ids.reduce((rest, id) => {
    const node = nodeOf(rest, id);
    if (!node || !mayRemove(node)) return rest;
    const ways = edgesFrom(rest, id);
    const [only] = ways;
    if (ways.length === 1 && only && only.target !== id) return bypass(rest, id, only.target);
    const nodes = rest.nodes.filter((one) => one.id !== id);
    return {
      ...rest,
      nodes,
      edges: rest.edges.filter((edge) => edge.source !== id && edge.target !== id),
    };
  }, document);
}

export const removeEdge = (document: FlowDocument, id: string): FlowDocument => ({
  ...document,
  edges: document.edges.filter((edge) => edge.id !== id),
});

/** A lane one place to the left or to the right; the default stays last. */
export function shiftLane(document: FlowDocument, edge: string, by: -1 | 1): FlowDocument {
  const moved = edgeOf(document, edge);
  if (!moved || moved.default) return document;
  const lanes = (graphOf(document).out.get(moved.source) ?? []).filter((one) => !one.default && !one.on);
  const at = lanes.findIndex((one) => one.id === edge);
  const other = lanes[at + by];
  if (!other) return document;
  const order = lanes.map((one) => one.id);
  [order[at], order[at + by]] = [other.id, edge];
  const places = new Map(order.map((id, index) => [id, index]));
  const last = lanes.length;
  return {
    ...document,
    edges: document.edges.map((one) =>
      one.source !== moved.source || one.on
        ? one
        : { ...one, order: one.default ? last : (places.get(one.id) ?? one.order ?? 0) },
    ),
  };
}
