import { Component, type ReactNode, useEffect, useState } from "react";

import { kitTexts } from "./kitTexts";
import { Problem } from "./problem";

/** True once `on` has lasted 300 ms: what is quicker shows no skeleton. */
export function useLasting(on: boolean, ms = 300): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setLasting(true), ms);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [on, ms]);
  return on && lasting;
}

/** Grey bars where the content will be; appears after 300 ms. */
export function Skeleton({ rows = 4 }: { rows?: number }): ReactNode {
  const t = kitTexts.use();
  const shown = useLasting(true);
  return (
    <div
      className="sn-skeleton"
      role="status"
      aria-label={t("loading")}
      style={shown ? undefined : { opacity: 0 }}
    >
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} style={{ width: `${[92, 76, 84, 60][row % 4]}%` }} />
      ))}
    </div>
  );
}

export interface EmptyProps {
  /** What will be here. */
  title?: ReactNode;
  /** How to get it. */
  hint?: ReactNode;
  /** A button that starts it. */
  action?: ReactNode;
}

/** An empty page teaches: what will be here, how to get it, a button. */
export function Empty({ title, hint, action }: EmptyProps): ReactNode {
  const t = kitTexts.use();
  return (
    <div className="sn-empty">
      <svg viewBox="0 0 72 52" aria-hidden="true">
        <rect x="10" y="8" width="52" height="36" rx="5" />
        <path d="M10 18h52M20 27h20M20 34h30" />
      </svg>
      <p className="sn-empty-title">{title ?? t("emptyTitle")}</p>
      {hint ? <p className="sn-empty-hint">{hint}</p> : null}
      {action ? <div className="sn-empty-action">{action}</div> : null}
    </div>
  );
}

/** A failed read: what happened, in words, and a button to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactNode {
  const t = kitTexts.use();
  const problem = error instanceof Problem ? error : null;
  return (
    <div className="sn-empty" role="alert">
      <svg viewBox="0 0 72 52" aria-hidden="true" className="sn-error-art">
        <circle cx="36" cy="26" r="18" />
        <path d="M36 16v12M36 34v.5" />
      </svg>
      <p className="sn-empty-title">{problem?.message ?? t("failed")}</p>
      {problem?.requestId && problem.status >= 500 ? (
        <p className="sn-empty-hint">{t("requestId", { id: problem.requestId })}</p>
      ) : null}
      {onRetry && problem?.status !== 403 && problem?.status !== 404 ? (
        <div className="sn-empty-action">
          <button type="button" className="sn-button" onClick={onRetry}>
            {t("retry")}
          </button>
        </div>
      ) : null}
    </div>
  );
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  rows?: number;
  children: (data: T) => ReactNode;
}

/** Skeleton, error with retry, or the content: `<Loaded query={q}>{(data) => …}</Loaded>`. */
export function Loaded<T>({ query, rows, children }: LoadedProps<T>): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton rows={rows} />;
}

interface BoundaryState {
  failed: boolean;
}

/** A page that breaks while drawing shows words and a way on, never a blank screen. */
export class Boundary extends Component<{ children: ReactNode; resetKey?: string }, BoundaryState> {
  override state: BoundaryState = { failed: false };

  static getDerivedStateFromError(): BoundaryState {
    return { failed: true };
  }

  override componentDidUpdate(before: { resetKey?: string }): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Broken onRetry={() => this.setState({ failed: false })} />;
  }
}

function Broken({ onRetry }: { onRetry: () => void }): ReactNode {
  const t = kitTexts.use();
  return (
    <div className="sn-empty" role="alert">
      <p className="sn-empty-title">{t("somethingBroke")}</p>
      <p className="sn-empty-hint">{t("somethingBrokeHint")}</p>
      <div className="sn-empty-action">
        <button type="button" className="sn-button" onClick={onRetry}>
          {t("retry")}
        </button>
        <button type="button" className="sn-button" onClick={() => location.reload()}>
          {t("reload")}
        </button>
      </div>
    </div>
  );
}
