/** New ids and the nodes that a palette makes. */
import type { FlowDocument, FlowEdge, FlowForm, FlowNode, NodeType, Words } from "../types";

export const words = (zh: string, en: string): Words => ({ zh, en });

const NAMES: Record<NodeType, Words> = {
  start: words("开始", "Start"),
  task: words("办理", "Task"),
  approval: words("审批", "Approval"),
  survey: words("满意度回访", "Survey"),
  branch: words("条件分支", "Condition"),
  inclusive: words("多选分支", "Several ways"),
  parallel: words("并行", "In parallel"),
  join: words("汇合", "Join"),
  wait: words("等待", "Wait"),
  action: words("自动执行", "Automatic"),
  notify: words("通知", "Notice"),
  settle: words("结算", "Settle"),
  undo: words("撤销动作", "Take back"),
  subflow: words("子流程", "Sub-flow"),
  milestone: words("里程碑", "Milestone"),
  end: words("结束", "End"),
};

/** `task_3`: the first free number after the kind. */
export function freeId(taken: ReadonlySet<string>, stem: string): string {
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

export const nodeIds = (document: FlowDocument): Set<string> =>
  new Set(document.nodes.map((node) => node.id));
export const edgeIds = (document: FlowDocument): Set<string> =>
  new Set(document.edges.map((edge) => edge.id));

const SURVEY_FORM: FlowForm = {
  key: "survey",
  name: words("满意度回访", "Survey"),
  fields: [
    { type: "rating", key: "rating", name: words("评分", "Rating"), required: true },
    {
      type: "text",
      key: "comment",
      name: words("想说的话", "Comment"),
      multiline: true,
      max_length: 500,
    },
  ],
};

/** What a type needs to be of use at once. */
function furnished(type: NodeType): Partial<FlowNode> {
  switch (type) {
    case "task":
      return { people: { by: "role", role: "store_manager" } };
    case "approval":
      return { levels: [{ people: { by: "role", role: "store_manager" }, mode: "any" }], on_reject: "end" };
    case "survey":
      return { form: SURVEY_FORM.key };
    case "wait":
      return { until: [{ waits: "time", key: "time", amount: 1, unit: "days", clock: "working" }] };
    case "action":
      return { effect: "flow.notice", awaited: false };
    case "notify":
      return { to: { by: "role", role: "store_manager" }, text: words("", "") };
    case "settle":
      return { measure: "work_order.completed" };
    case "milestone":
      return { text: words("", "") };
    case "subflow":
      return { flow: "" };
    case "join":
      return { mode: "active" };
    default:
      return {};
  }
}

/** A new node of a type with a name that tells it from its like; with the form it needs, when the document lacks it. */
export function newNode(document: FlowDocument, type: NodeType): { node: FlowNode; document: FlowDocument } {
  const id = freeId(nodeIds(document), type);
  const node: FlowNode = { id, type, name: named(document, NAMES[type]), ...furnished(type) };
  const forms = document.forms ?? [];
  if (type !== "survey" || forms.some((form) => form.key === SURVEY_FORM.key)) return { node, document };
  return { node, document: { ...document, forms: [...forms, SURVEY_FORM] } };
}

function named(document: FlowDocument, name: Words): Words {
  const taken = new Set(document.nodes.map((node) => node.name.zh));
  if (!taken.has(name.zh)) return name;
  let number = 2;
  while (taken.has(`${name.zh} ${number}`)) number += 1;
  return { zh: `${name.zh} ${number}`, en: `${name.en} ${number}` };
}

/** A new edge; what is not said is left out, as the document writes it. */
export function newEdge(
  document: FlowDocument,
  source: string,
  target: string,
  more: Partial<FlowEdge> = {},
): FlowEdge {
  return { id: freeId(edgeIds(document), "e"), source, target, ...more };
}

export function withEdge(
  document: FlowDocument,
  source: string,
  target: string,
  more: Partial<FlowEdge> = {},
): FlowDocument {
  return { ...document, edges: [...document.edges, newEdge(document, source, target, more)] };
}
