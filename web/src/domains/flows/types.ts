import type { components } from "@/generated/api";
import { currentLocale } from "@/kit/i18n";

type Schemas = components["schemas"];

export type DefinitionRow = Schemas["DefinitionRow"];
export type VersionRow = Schemas["VersionRow"];
export type DraftView = Schemas["DraftView"];
export type DocumentProblem = Schemas["DocumentProblem"];
export type NodeFigure = Schemas["NodeFigure"];
export type Comparison = Schemas["Comparison"];
export type StepView = Schemas["StepView"];

export interface Words {
  zh: string;
  en: string;
}

export type Unit = "minutes" | "hours" | "days";
export type Clock = "working" | "wall";

/** Who is asked: `by` names the rule, the rest belongs to it. */
export interface People {
  by: string;
  role?: string;
  position?: string;
  up?: boolean;
  unit?: string | null;
  staff_ids?: number[];
  levels?: number;
  of?: string | null;
  chain?: boolean;
  fact?: string;
  field?: string;
  node?: string;
  expression?: string;
  effect?: string;
  params?: Record<string, unknown>;
  rules?: People[];
}

export interface EffectCall {
  effect: string;
  params?: Record<string, unknown>;
  inputs?: Record<string, string>;
}

export interface Reminder {
  before: number;
  text?: Words | null;
  to?: People | null;
  call?: EffectCall | null;
}

export interface Escalation {
  to?: People | null;
  text?: Words | null;
  after?: number;
  hand_over?: boolean;
  call?: EffectCall | null;
}

export interface Deadline {
  amount: number;
  unit?: Unit;
  clock?: Clock;
  setting?: string | null;
  reminders?: Reminder[];
  escalation?: Escalation | null;
  escalations?: Escalation[];
  timeout?: string | null;
  pauses_for_customer?: boolean;
}

export interface Outcome {
  key: string;
  name: Words;
  form?: boolean;
  reason?: boolean;
  automatic?: boolean;
}

export interface NodeEffect extends EffectCall {
  at: "opened" | "closed";
  outcomes?: string[];
}

export interface Rule {
  condition: string;
  text: Words;
  outcomes?: string[];
}

export interface Level {
  people: People;
  mode?: "all" | "any" | "in_turn" | "n_of_m";
  needed?: number | null;
  percent?: number | null;
  name?: Words | null;
  when?: string | null;
  deadline?: Deadline | null;
  nobody?: string;
  same_person?: string;
}

export interface WaitFor {
  waits: "time" | "date" | "event";
  key?: string;
  name?: Words | null;
  amount?: number;
  unit?: Unit;
  clock?: Clock;
  date?: string;
  event?: string;
  correlation?: string | null;
  where?: string | null;
}

export const NODE_TYPES = [
  "start",
  "task",
  "approval",
  "survey",
  "branch",
  "inclusive",
  "parallel",
  "join",
  "wait",
  "action",
  "notify",
  "settle",
  "undo",
  "subflow",
  "milestone",
  "end",
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

export type Right = "hidden" | "read" | "edit";

/** One node; which of the fields mean something depends on its type. Fields not named here are kept as they are. */
export interface FlowNode {
  id: string;
  type: NodeType;
  name: Words;
  guide?: Words | null;
  template?: Words | null;
  milestone?: Words | null;
  effects?: NodeEffect[];
  entry?: Rule[];
  exit?: Rule[];
  deadline?: Deadline | null;
  variant?: string;
  people?: People;
  outcomes?: Outcome[];
  form?: string | null;
  rights?: Record<string, Right>;
  acts?: string[];
  nobody?: string;
  same_person?: string;
  must_claim?: boolean;
  levels?: Level[];
  on_reject?: "way" | "return" | "end";
  reject_to?: string | null;
  names?: Partial<Record<"approved" | "rejected", Words>>;
  mode?: "all" | "active" | "n_of_m";
  needed?: number | null;
  rest?: "run" | "cancel";
  until?: WaitFor[];
  effect?: string;
  params?: Record<string, unknown>;
  inputs?: Record<string, string>;
  awaited?: boolean;
  to?: People;
  text?: Words;
  urgent?: boolean;
  measure?: string;
  flow?: string;
  rows?: string | null;
  count?: number | null;
  of?: string[];
  terminate?: boolean;
  triggers?: unknown[];
}

export interface FlowEdge {
  id: string;
  source: string;
  target: string;
  outcome?: string | null;
  condition?: string | null;
  default?: boolean;
  order?: number;
  name?: Words | null;
  on?: "error" | "timeout" | null;
  beside?: boolean;
  /** Bends of the line on the free canvas. */
  points?: { x: number; y: number }[];
}

export interface FormField {
  type: string;
  key: string;
  name: Words;
  required?: boolean;
  fact?: string | null;
  options?: { key: string; name: Words }[];
  [rest: string]: unknown;
}

export interface FlowForm {
  key: string;
  name: Words;
  fields: FormField[];
  [rest: string]: unknown;
}

export interface FlowDocument {
  format?: number;
  name: Words;
  subject: string;
  nodes: FlowNode[];
  edges: FlowEdge[];
  forms?: FlowForm[];
  facts?: Record<string, string>;
  deadline?: Deadline | null;
  layout?: Record<string, { x: number; y: number }>;
}

export const say = (words: Words | null | undefined): string =>
  words ? (currentLocale() === "en" ? words.en || words.zh : words.zh || words.en) : "—";

/** Nodes whose ways out carry conditions or run beside each other. */
export const isFork = (type: NodeType): boolean =>
  type === "branch" || type === "inclusive" || type === "parallel";
export const asks = (type: NodeType): boolean => type === "task" || type === "approval" || type === "survey";
