/** What a node's card says in a line: whom it asks, how long it may take, what it waits for. */
import { texts } from "./texts";
import { type FlowDocument, type FlowEdge, type FlowNode, type People, say } from "./types";
import { outcomesOf } from "./drawing/ways";

type Say = ReturnType<typeof texts.use>;

/** Names of things that a document knows by key only. */
export interface Names {
  role?: (key: string) => string | undefined;
  position?: (key: string) => string | undefined;
  flow?: (key: string) => string | undefined;
  effect?: (key: string) => string | undefined;
  event?: (key: string) => string | undefined;
  measure?: (key: string) => string | undefined;
}

const ROLES = [
  "admin",
  "hq_operator",
  "region_manager",
  "store_manager",
  "agent",
  "field_worker",
  "finance",
  "partner",
] as const;

/** A role by its name in this company, a shipped one by its own, else by its key. */
export function roleName(t: Say, names: Names, role: string): string {
  const shipped = ROLES.find((one) => one === role);
  return names.role?.(role) ?? (shipped ? t(`role_${shipped}`) : role);
}

export function whoIs(t: Say, document: FlowDocument, names: Names, people: People | undefined): string {
  switch (people?.by) {
    case undefined:
      return t("asksNobody");
    case "role":
      return people.role ? roleName(t, names, people.role) : t("asksNobody");
    case "position":
      return people.position ? (names.position?.(people.position) ?? people.position) : t("asksNobody");
    case "person":
      return t("asksPeople", { count: people.staff_ids?.length ?? 0 });
    case "supervisor":
      return t(people.chain ? "asksChain" : "asksSupervisor", { levels: people.levels ?? 1 });
    case "store_head":
      return t("asksStoreHead");
    case "starter":
      return t("asksStarter");
    case "step": {
      const asked = document.nodes.find((node) => node.id === people.node);
      return t("asksStep", { name: say(asked?.name) });
    }
    case "feel":
      return t("asksFeel");
    case "customer":
      return t("asksCustomer");
    case "system":
      return names.effect?.(people.effect ?? "") ?? t("asksSystem");
    case "assignee":
      return t("asksAssignee");
    case "several":
      return (people.rules ?? []).map((rule) => whoIs(t, document, names, rule)).join("、");
    default:
      return t("asksField");
  }
}

function limit(t: Say, node: FlowNode): string | null {
  const deadline = node.deadline ?? node.levels?.find((level) => level.deadline)?.deadline;
  if (!deadline) return null;
  const unit = t(`${deadline.clock ?? "working"}_${deadline.unit ?? "minutes"}`);
  return t("within", { amount: deadline.amount, unit });
}

/** At most two lines. */
export function linesOf(t: Say, document: FlowDocument, names: Names, node: FlowNode): string[] {
  const lines: (string | null | undefined)[] = [];
  const form = document.forms?.find((one) => one.key === node.form);
  const formLine = form ? t("form", { name: say(form.name) }) : null;
  switch (node.type) {
    case "task":
      lines.push(whoIs(t, document, names, node.people), limit(t, node) ?? formLine);
      break;
    case "survey":
      lines.push(t("asksCustomer"), limit(t, node) ?? formLine);
      break;
    case "approval":
      lines.push(approvers(t, document, names, node), limit(t, node) ?? formLine);
      break;
    case "wait":
      lines.push((node.until ?? []).map((one) => waited(t, names, one)).join(t("orElse")));
      break;
    case "action":
      lines.push(names.effect?.(node.effect ?? "") ?? node.effect);
      break;
    case "notify":
      lines.push(whoIs(t, document, names, node.to), say(node.text) || null);
      break;
    case "settle":
      lines.push(names.measure?.(node.measure ?? "") ?? node.measure);
      break;
    case "subflow":
      lines.push(node.flow ? (names.flow?.(node.flow) ?? node.flow) : t("asksNobody"));
      break;
    case "milestone":
      lines.push(t("customerReads", { text: say(node.text) }));
      break;
    default:
  }
  return lines.filter((line): line is string => Boolean(line));
}

function approvers(t: Say, document: FlowDocument, names: Names, node: FlowNode): string {
  const levels = node.levels ?? [];
  const [first] = levels;
  if (levels.length === 1 && first) {
    return `${whoIs(t, document, names, first.people)} · ${t(`mode_${first.mode ?? "any"}`)}`;
  }
  const who = levels.map((level) => (level.name ? say(level.name) : whoIs(t, document, names, level.people)));
  return t("levels", { count: levels.length, names: who.join(" → ") });
}

function waited(t: Say, names: Names, one: NonNullable<FlowNode["until"]>[number]): string {
  if (one.waits === "event") {
    return t("waitsEvent", { name: names.event?.(one.event ?? "") ?? one.event ?? "—" });
  }
  if (one.waits === "date") return t("waitsDate");
  const unit = t(`${one.clock ?? "working"}_${one.unit ?? "days"}`);
  return t("waitsTime", { amount: one.amount ?? 0, unit });
}

/** What stands on the head of a lane, or on a line of the free canvas. */
export function wayName(t: Say, document: FlowDocument, edge: FlowEdge): string {
  if (edge.name) return say(edge.name);
  if (edge.on) return t(edge.on === "error" ? "onError" : "onTimeout");
  const source = document.nodes.find((node) => node.id === edge.source);
  if (edge.outcome && source) {
    const outcome = outcomesOf(source).find((one) => one.key === edge.outcome);
    return outcome ? say(outcome.name) : edge.outcome;
  }
  if (edge.default) return t("otherwise");
  if (source && !edge.outcome && outcomesOf(source).length > 1) {
    const beside = document.edges.some((one) => one.source === source.id && one !== edge && !one.on);
    if (beside) return t("otherwise");
  }
  if (edge.condition) return edge.condition;
  if (source?.type === "parallel") {
    const lanes = document.edges.filter((one) => one.source === source.id);
    const place = lanes.filter((one) => (one.order ?? 0) < (edge.order ?? 0)).length + 1;
    return t("lane", { number: place });
  }
  return "";
}
