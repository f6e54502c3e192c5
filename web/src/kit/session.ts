import { useQuery } from "@tanstack/react-query";
import { createContext, use, useMemo } from "react";

import { api } from "./api";
import { type Locale, setLocale } from "./i18n";
import type { Problem } from "./problem";
import { queryClient } from "./query";

export interface SessionUnit {
  id: number;
  name: string;
  kind?: string;
}

/** Who is at the screen and what may be done; `/api/session`. */
export interface Session {
  user: { id: number; username?: string; must_change_password?: boolean } | null;
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

/** Changes the language here and for the notices and messages the server sends. */
export async function chooseLanguage(locale: Locale): Promise<void> {
  await setLocale(locale);
  await api.patch(SESSION_PATH, { body: { locale } }).catch(() => undefined);
  // names that the server gives in the reader's language are read again
  await queryClient.invalidateQueries();
}

const NOBODY: Session = toSession(null);
export const SessionContext = createContext<Session>(NOBODY);

/** The session of the page; below the entry it is always there. */
export const useSession = (): Session => use(SessionContext);

/** `const may = useMay(); may("work_order.create")`. Hiding a button is courtesy; the server decides. */
export function useMay(): (permission: string | readonly string[] | null | undefined) => boolean {
  const { permissions } = useSession();
  return useMemo(
    () => (permission) =>
      !permission ||
      (typeof permission === "string"
        ? permissions.has(permission)
        : permission.some((one) => permissions.has(one))),
    [permissions],
  );
}
