/** What `Program.to_json()` gives: a version, and a tree whose nodes name their kind (`k`) and static type (`t`). */
export interface FeelTree {
  feel: number;
  tree: FeelNode;
}

export interface FeelNode {
  k: string;
  t: string;
  [field: string]: unknown;
}

export function nodeIn(node: FeelNode, field: string): FeelNode {
  return node[field] as FeelNode;
}

export function nodesIn(node: FeelNode, field: string): FeelNode[] {
  return node[field] as FeelNode[];
}

export function textIn(node: FeelNode, field: string): string {
  return node[field] as string;
}

/** Whether the node or one below it is of that kind. */
export function mentions(node: FeelNode, kind: string): boolean {
  if (node.k === kind) return true;
  return Object.values(node).some((below) =>
    Array.isArray(below)
      ? below.some((one) => isNode(one) && mentions(one, kind))
      : isNode(below) && mentions(below, kind),
  );
}

function isNode(value: unknown): value is FeelNode {
  return typeof value === "object" && value !== null && "k" in value;
}
