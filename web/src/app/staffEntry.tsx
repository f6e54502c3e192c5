import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { whenSignedOut } from "@/kit/api";
import { PhoneTheme } from "@/kit/phone/PhoneFrame";
import { queryClient } from "@/kit/query";
import { SessionContext, useSessionQuery } from "@/kit/session";
import { kitTexts } from "@/kit/kitTexts";
import { Empty, ErrorState, Skeleton } from "@/kit/states";
import { applyTokens } from "@/kit/theme";

// the side bar is only ever shown by WeCom, or by a stand-in for it in a frame
const inWeCom = (): boolean =>
  /wxwork/i.test(navigator.userAgent) || location.pathname.startsWith("/sidebar");

/** What WeCom's sign-in answered when it did not let us in; another try without being asked would go in a circle. */
const refusal = (): string | null => new URLSearchParams(location.search).get("sign_in_problem");

/** Inside WeCom one is signed in by WeCom; elsewhere by password. */
function signIn(): void {
  if (refusal() !== null) return;
  const next = encodeURIComponent(location.pathname + location.search);
  location.assign(inWeCom() ? `/api/channels/wecom/oauth/start?next=${next}` : `/login?next=${next}`);
}

function Session({ children }: { children: ReactNode }): ReactNode {
  const session = useSessionQuery();
  const t = kitTexts.use();
  const refused = refusal();
  if (refused !== null && !session.data?.user) {
    return (
      <Empty
        title={t("signInFailed")}
        hint={refused}
        action={
          <a className="sn-button" href={location.pathname}>
            {t("retry")}
          </a>
        }
      />
    );
  }
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
