import { type ReactNode, useMemo, useState } from "react";
import { Navigate, Outlet, useNavigate } from "react-router";

import { PasswordForm } from "@/domains/identity";
import { NoticePanel, useUnreadNotices } from "@/domains/notices";
import { SearchPalette } from "@/domains/search";
import { api } from "@/kit/api";
import { AppFrame } from "@/kit/desk/AppFrame";
import { Section } from "@/kit/desk/PageFrame";
import { defineTexts, pick } from "@/kit/i18n";
import { queryClient } from "@/kit/query";
import type { ConsoleRoute } from "@/kit/routes";
import { type Session, SessionContext, useMay, useSessionQuery } from "@/kit/session";
import { ErrorState, Skeleton } from "@/kit/states";
import { UnitContext } from "@/kit/unit";

import { consolePath, menuFor } from "./menu";

const texts = defineTexts("shell", {
  mustChange: ["请先设置新密码", "Please set a new password first"],
  mustChangeHint: [
    "你用的是一次性密码，设置新密码后才能继续。",
    "You signed in with a one-time password; set your own to go on.",
  ],
});

/** Reads who is here, then puts the frame around the page. */
export function ConsoleShell({ routes }: { routes: readonly ConsoleRoute[] }): ReactNode {
  const session = useSessionQuery();
  if (session.error && session.error.status !== 401) {
    return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  }
  if (!session.data?.user) {
    return (
      <div className="sn-page">
        <Skeleton rows={6} />
      </div>
    );
  }
  if (session.data.user.must_change_password) return <NewPassword />;
  return <SignedIn session={session.data} routes={routes} />;
}

/** After a one-time password nothing is open but the way to a password of one's own. */
function NewPassword(): ReactNode {
  const t = texts.use();
  return (
    <div className="sn-alone">
      <Section title={t("mustChange")}>
        <p className="sn-soft">{t("mustChangeHint")}</p>
        <PasswordForm onDone={() => undefined} />
      </Section>
    </div>
  );
}

const UNIT_STORED = "shuniu.unit";

function useChosenUnit(session: Session) {
  const [id, setId] = useState<number | null>(() => Number(localStorage.getItem(UNIT_STORED)) || null);
  return useMemo(
    () => ({
      // a unit chosen by somebody else at this browser is not in reach of this one
      id: session.units.some((unit) => unit.id === id) ? id : null,
      choose: (next: number | null) => {
        localStorage.setItem(UNIT_STORED, String(next ?? ""));
        setId(next);
      },
    }),
    [session.units, id],
  );
}

function SignedIn({ session, routes }: { session: Session; routes: readonly ConsoleRoute[] }): ReactNode {
  const unit = useChosenUnit(session);
  return (
    <SessionContext value={session}>
      <UnitContext value={unit}>
        <Framed routes={routes} />
      </UnitContext>
    </SessionContext>
  );
}

function Framed({ routes }: { routes: readonly ConsoleRoute[] }): ReactNode {
  const may = useMay();
  const navigate = useNavigate();
  const menu = menuFor(routes, may);
  const pages = menu.flatMap((group) =>
    group.entries.map((entry) => ({ path: entry.path, title: pick(entry.label) })),
  );
  const signOut = async () => {
    await api.post("/api/session/logout").catch(() => undefined);
    queryClient.clear();
    void navigate("/login");
  };
  return (
    <AppFrame
      menu={menu}
      unread={useUnreadNotices()}
      search={(open, close) => <SearchPalette open={open} onClose={close} pages={pages} />}
      notices={(close) => <NoticePanel onClose={close} />}
      helpUrl="/console/help"
      settingsPath="/console/me"
      onNavigate={(path) => void navigate(path)}
      onSignOut={() => void signOut()}
    >
      <Outlet />
    </AppFrame>
  );
}

/** Until a domain brings the home page, the first page of the menu is it. */
export function Home({ routes }: { routes: readonly ConsoleRoute[] }): ReactNode {
  const may = useMay();
  const first = menuFor(routes, may)[0]?.entries[0];
  return first && first.path !== consolePath("") ? <Navigate to={first.path} replace /> : null;
}
