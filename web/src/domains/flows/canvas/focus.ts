import type { Instance } from "./FlowCanvas";

/** Brings a node, or the head of a lane (`edge:ID`), to the middle, readable. */
export function focusOn(flow: Instance, id: string): void {
  const node = flow.getInternalNode(id) ?? flow.getInternalNode(id.replace("edge:", "head:"));
  if (!node) return;
  const { x, y } = node.internals.positionAbsolute;
  const zoom = Math.max(0.8, flow.getZoom());
  void flow.setCenter(x + (node.width ?? 0) / 2, y + (node.height ?? 0) / 2, { zoom, duration: 250 });
}
