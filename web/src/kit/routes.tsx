import { type ComponentType, type ReactNode, createElement, lazy } from "react";

import type { Pair } from "./i18n";

/** The order of the menu's groups; a domain names one of them. */
export const GROUPS = {
  home: null,
  work: ["工单", "Work"],
  customers: ["客户", "Customers"],
  money: ["结算", "Money"],
  insights: ["洞察", "Insights"],
  org: ["组织", "Organisation"],
  system: ["系统", "System"],
} as const satisfies Record<string, Pair | null>;

export type GroupKey = keyof typeof GROUPS;

export type Loader = () => Promise<{ default: ComponentType }>;

/** One address of the console. With `menu` it is in the menu too. */
export interface ConsoleRoute {
  /** Below `/console`, without a slash in front: `work-orders`, `work-orders/:id`. */
  path: string;
  page: Loader;
  /** Any of these; without it everybody signed in may see the page. */
  permission?: string | readonly string[];
  menu?: { label: Pair; icon: ReactNode; group: GroupKey; order?: number };
}

/** One address of the phone, below `/m`. With `tab` it is a tab at the bottom. */
export interface PhoneRoute {
  path: string;
  page: Loader;
  permission?: string;
  tab?: { label: Pair; icon: ReactNode; order?: number };
}

/** The element of a lazily loaded page; its code is fetched when it is first drawn. */
export const elementOf = (page: Loader): ReactNode => createElement(lazy(page));
