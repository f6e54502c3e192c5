/** Ways out of a step by its outcomes: one way for all, or one each. */
import type { FlowDocument, FlowNode, Outcome } from "../types";
import { changeNode, edgesFrom, meetingOf, nodeOf, pruned } from "./edit";
import { newEdge, words } from "./names";

/** How a step may be left, with the names people read. */
export function outcomesOf(node: FlowNode): Outcome[] {
  switch (node.type) {
    case "task":
      return node.outcomes ?? [{ key: "done", name: words("完成", "Done") }];
    case "action":
      return node.outcomes ?? [{ key: "done", name: words("完成", "Done") }];
    case "survey":
      return node.outcomes ?? [{ key: "done", name: words("提交评价", "Submit") }];
    case "approval":
      return [
        { key: "approved", name: node.names?.approved ?? words("同意", "Approve") },
        { key: "rejected", name: node.names?.rejected ?? words("驳回", "Reject") },
      ];
    case "wait":
      return (node.until ?? []).map((one) => {
        const key = one.key ?? one.waits;
        return { key, name: one.name ?? WAITS[one.waits] };
      });
    default:
      return [];
  }
}

const WAITS = {
  time: words("到时间", "Time is up"),
  date: words("到日期", "The date has come"),
  event: words("事件发生", "The event comes"),
};

/** Outcomes that lead somewhere; a rejection that ends or returns leads nowhere by itself. */
export function leading(node: FlowNode): Outcome[] {
  const all = outcomesOf(node);
  return node.type === "approval" && node.on_reject !== "way"
    ? all.filter((outcome) => outcome.key === "approved")
    : all;
}

export const isSplit = (document: FlowDocument, id: string): boolean =>
  edgesFrom(document, id).some((edge) => edge.outcome && !edge.on);

/** One lane for each outcome; those that are there stay. */
export function split(document: FlowDocument, id: string): FlowDocument {
  const node = nodeOf(document, id);
  const target = meetingOf(document, id);
  if (!node || target === null) return document;
  const ways = edgesFrom(document, id).filter((edge) => !edge.on);
  const general = ways.find((edge) => !edge.outcome);
  let edges = document.edges;
  leading(node).forEach((outcome, order) => {
    const there = ways.find((edge) => edge.outcome === outcome.key);
    if (there) {
      edges = edges.map((edge) => (edge.id === there.id ? { ...edge, order } : edge));
    } else if (general && edges.some((edge) => edge.id === general.id && !edge.outcome)) {
      edges = edges.map((edge) => (edge.id === general.id ? { ...edge, outcome: outcome.key, order } : edge));
    } else {
      edges = [...edges, newEdge({ ...document, edges }, id, target, { outcome: outcome.key, order })];
    }
  });
  return { ...document, edges };
}

/** One way for all outcomes: the first lane stays, the others go with what stands only in them. */
export function unite(document: FlowDocument, id: string): FlowDocument {
  const ways = edgesFrom(document, id).filter((edge) => !edge.on);
  const [first] = [...ways].sort((one, other) => (one.order ?? 0) - (other.order ?? 0));
  if (!first) return document;
  const gone = new Set(ways.filter((edge) => edge !== first).map((edge) => edge.id));
  const edges = document.edges
    .filter((edge) => !gone.has(edge.id))
    .map((edge) => (edge.id === first.id ? { ...edge, outcome: undefined } : edge));
  return pruned(document, { ...document, edges });
}

/** A change of a step that may change its outcomes: lanes follow. */
export function changeStep(document: FlowDocument, id: string, change: Partial<FlowNode>): FlowDocument {
  const before = nodeOf(document, id);
  const changed = changeNode(document, id, change);
  const after = nodeOf(changed, id);
  if (!before || !after) return changed;
  const keys = leading(after).map((outcome) => outcome.key);
  const same =
    keys.join() ===
    leading(before)
      .map((outcome) => outcome.key)
      .join();
  if (same) return changed;
  const must = after.type === "approval" || after.type === "wait";
  if (keys.length <= 1) return isSplit(changed, id) ? unite(changed, id) : changed;
  if (!must && !isSplit(changed, id)) return changed;
  const gone = new Set(
    edgesFrom(changed, id)
      .filter((edge) => edge.outcome && !edge.on && !keys.includes(edge.outcome))
      .map((edge) => edge.id),
  );
  const kept = { ...changed, edges: changed.edges.filter((edge) => !gone.has(edge.id)) };
  return pruned(changed, split(kept, id));
}
