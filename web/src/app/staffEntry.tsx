import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { whenSignedOut } from "@/kit/api";
import { PhoneTheme } from "@/kit/phone/PhoneFrame";
import { queryClient } from "@/kit/query";
import { SessionContext, useSessionQuery } from "@/kit/session";
import { ErrorState, Skeleton } from "@/kit/states";
import { applyTokens } from "@/kit/theme";

const inWeCom = (): boolean => /wxwork/i.test(navigator.userAgent);

/** Inside WeCom one is signed in by WeCom; elsewhere by password. */
function signIn(): void {
  const next = encodeURIComponent(location.pathname + location.search);
  location.assign(inWeCom() ? `/api/channels/wecom/oauth/start?next=${next}` : `/login?next=${next}`);
}

function Session({ children }: { children: ReactNode }): ReactNode {
  const session = useSessionQuery();
  if (session.error && session.error.status !== 401) {
    return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  }
  if (!session.data?.user) return <Skeleton />;
  return <SessionContext value={session.data}>{children}</SessionContext>;
}

/** What the phone and the side bar have in common: language, theme, who is here. */
export function startStaffPage(page: ReactNode): void {
  applyTokens();
  whenSignedOut(signIn);
  createRoot(document.getElementById("root") as HTMLElement).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <PhoneTheme>
          <Session>{page}</Session>
        </PhoneTheme>
      </QueryClientProvider>
    </StrictMode>,
  );
}
