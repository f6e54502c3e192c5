import type { components } from "@/generated/api";
import { currentLocale } from "@/kit/i18n";

export type DefinitionRow = components["schemas"]["DefinitionRow"];
export type VersionRow = components["schemas"]["VersionRow"];

export interface Words {
  zh: string;
  en: string;
}

export interface People {
  by: "role" | "assignee" | "staff_field" | "customer" | "system";
  role?: string;
}

export interface FlowNode {
  id: string;
  type: "start" | "task" | "branch" | "notify" | "settle" | "survey" | "end";
  name: Words;
  milestone?: Words | null;
  people?: People;
  to?: People;
  form?: string | null;
  outcomes?: { key: string; name: Words }[];
  deadline?: {
    amount: number;
    unit: "minutes" | "hours" | "days";
    clock: "working" | "wall";
    reminders: { before: number }[];
  } | null;
}

export interface FlowEdge {
  id: string;
  source: string;
  target: string;
  outcome?: string | null;
  condition?: string | null;
  default?: boolean;
  order: number;
  name?: Words | null;
}

export interface FlowDocument {
  nodes: FlowNode[];
  edges: FlowEdge[];
  forms: { key: string; name: Words }[];
}

export const say = (words: Words | null | undefined): string =>
  words ? (currentLocale() === "en" ? words.en : words.zh) : "—";
