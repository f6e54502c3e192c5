import { useQuery } from "@tanstack/react-query";
import { createContext, use, useMemo } from "react";

import { api } from "./api";
import type { Problem } from "./problem";

export interface SessionUnit {
  id: number;
  name: string;
  kind?: string;
}

/** Who is at the screen and what may be done; `/api/session`. */
export interface Session {
  user: { id: number; username?: string } | null;
  staff: { id: number; name: string; position?: string | null; unit_id?: number; unit_name?: string } | null;
  name: string;
  permissions: ReadonlySet<string>;
  units: readonly SessionUnit[];
  demo: boolean;
  company: string;
}

export const SESSION_PATH = "/api/session";

// The names are those of `/api/session`; read loosely so that a field that is not there costs a field, not the page.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function toSession(answer: any): Session {
  const staff = answer?.staff ?? null;
  return {
    user: answer?.user ?? null,
    staff,
    name: staff?.name ?? answer?.user?.name ?? answer?.user?.username ?? answer?.name ?? "",
    permissions: new Set<string>(answer?.permissions ?? []),
    units: answer?.units ?? [],
    demo: Boolean(answer?.demo),
    company: answer?.company ?? "",
  };
}

export function useSessionQuery() {
  return useQuery<Session, Problem>({
    queryKey: [SESSION_PATH],
    queryFn: async () => toSession(await api.get(SESSION_PATH)),
    staleTime: 60_000,
  });
}

const NOBODY: Session = toSession(null);
export const SessionContext = createContext<Session>(NOBODY);

/** The session of the page; below the entry it is always there. */
export const useSession = (): Session => use(SessionContext);

/** `const may = useMay(); may("work_order.create")`. Hiding a button is courtesy; the server decides. */
export function useMay(): (permission: string | null | undefined) => boolean {
  const { permissions } = useSession();
  return useMemo(() => (permission) => !permission || permissions.has(permission), [permissions]);
}
