import "./flows.css";

import { type ReactNode } from "react";

import { texts } from "./texts";
import { type FlowDocument, type FlowEdge, type FlowNode, type People, say } from "./types";

/** A published flow, read-only, from top to bottom as it usually goes; other ways are named at the node they leave. */
export function FlowPicture({ document }: { document: FlowDocument }): ReactNode {
  const names = new Map(document.nodes.map((node) => [node.id, say(node.name)]));
  return (
    <ol className="fl-list">
      {document.nodes.map((node, index) => (
        <li key={node.id} className={`fl-node fl-${node.type}`}>
          <NodeCard
            node={node}
            form={document.forms.find((form) => form.key === node.form)}
            ways={waysOut(document, node.id, document.nodes[index + 1]?.id)}
            names={names}
          />
        </li>
      ))}
    </ol>
  );
}

/** The ways worth naming: all of them, unless the only one leads to the node drawn below. */
function waysOut(document: FlowDocument, source: string, next: string | undefined): FlowEdge[] {
  const ways = document.edges
    .filter((edge) => edge.source === source)
    .sort((one, other) => one.order - other.order);
  return ways.length === 1 && ways[0]?.target === next ? [] : ways;
}

interface CardProps {
  node: FlowNode;
  form: FlowDocument["forms"][number] | undefined;
  ways: readonly FlowEdge[];
  names: ReadonlyMap<string, string>;
}

function NodeCard({ node, form, ways, names }: CardProps): ReactNode {
  const t = texts.use();
  const people = node.people ?? node.to;
  const deadline = node.deadline;
  const notes = [
    people ? whoIs(t, people) : null,
    deadline ? t("within", { amount: deadline.amount, unit: t(`${deadline.clock}_${deadline.unit}`) }) : null,
    ...(deadline?.reminders ?? []).map((reminder) => t("reminds", { before: reminder.before })),
    form ? t("form", { name: say(form.name) }) : null,
  ].filter(Boolean);
  return (
    <div className="fl-card">
      <div className="fl-head">
        <b>{say(node.name)}</b>
        <span className="sn-faint">{t(`type_${node.type}`)}</span>
      </div>
      {notes.length > 0 ? <div className="sn-soft">{notes.join(" · ")}</div> : null}
      {node.milestone ? (
        <div className="sn-faint">{t("customerReads", { text: say(node.milestone) })}</div>
      ) : null}
      {ways.length > 0 ? (
        <ul className="fl-ways">
          {ways.map((way) => (
            <li key={way.id}>
              {wayName(t, node, way)} → <b>{names.get(way.target)}</b>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

type Say = ReturnType<typeof texts.use>;

function wayName(t: Say, node: FlowNode, way: FlowEdge): ReactNode {
  if (way.name) return say(way.name);
  if (way.condition) return <code>{way.condition}</code>;
  const outcome = node.outcomes?.find((one) => one.key === way.outcome);
  return outcome ? say(outcome.name) : t("otherwise");
}

function whoIs(t: Say, people: People): string {
  switch (people.by) {
    case "system":
      return t("asksSystem");
    case "customer":
      return t("asksCustomer");
    case "assignee":
      return t("asksAssignee");
    case "role":
      return roleName(t, people.role ?? "");
    default:
      return t("asksField");
  }
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

/** Shipped roles by their name; a company's own role by its key. */
function roleName(t: Say, role: string): string {
  const shipped = ROLES.find((one) => one === role);
  return shipped ? t(`role_${shipped}`) : role;
}
