import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";

import { kitTexts } from "../kitTexts";

export interface PageFrameProps {
  title: ReactNode;
  /** One line that says what the page is for. */
  purpose?: ReactNode;
  /** The primary action, at the right; others before it. */
  action?: ReactNode;
  /** Where “back” leads. */
  back?: string;
  /** Beside the title: a status, a light. */
  mark?: ReactNode;
  children: ReactNode;
}

export function PageFrame({ title, purpose, action, back, mark, children }: PageFrameProps): ReactNode {
  const t = kitTexts.use();
  const app = t("appName");
  useEffect(() => {
    document.title = typeof title === "string" ? `${title} · ${app}` : app;
  }, [title, app]);
  return (
    <div className="sn-page">
      <header className="sn-page-head">
        <div className="sn-page-titles">
          {back ? (
            <Link to={back} className="sn-page-back" aria-label={t("back")} title={t("back")}>
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d="M10 3L5 8l5 5" />
              </svg>
            </Link>
          ) : null}
          <div>
            <div className="sn-page-title">
              <h1>{title}</h1>
              {mark}
            </div>
            {purpose ? <p className="sn-page-purpose">{purpose}</p> : null}
          </div>
        </div>
        {action ? <div className="sn-page-action">{action}</div> : null}
      </header>
      {children}
    </div>
  );
}

/** A white panel with a heading. */
export function Section({
  title,
  extra,
  children,
  flush,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}): ReactNode {
  return (
    <section className={`sn-section${flush ? " sn-section-flush" : ""}`}>
      {title || extra ? (
        <div className="sn-section-head">
          {title ? <h2>{title}</h2> : <span />}
          {extra}
        </div>
      ) : null}
      <div className="sn-section-body">{children}</div>
    </section>
  );
}

/** Main column and side column of a full page; one column on narrow screens. */
export function Split({ main, side }: { main: ReactNode; side: ReactNode }): ReactNode {
  return (
    <div className="sn-split">
      <div className="sn-stack">{main}</div>
      <div className="sn-stack">{side}</div>
    </div>
  );
}

export interface Fact {
  label: ReactNode;
  value: ReactNode;
}

/** Names and values, one under the other. */
export function Facts({ items }: { items: readonly (Fact | null | false)[] }): ReactNode {
  return (
    <dl className="sn-facts">
      {items.map((item, index) =>
        item ? (
          <div key={index} style={{ display: "contents" }}>
            <dt>{item.label}</dt>
            <dd>{item.value ?? "—"}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** One figure on a card: what it is, how much, compared with what. */
export function FigureCard({
  label,
  value,
  note,
}: {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
}): ReactNode {
  return (
    <div className="sn-figure-card">
      <div className="sn-figure-label">{label}</div>
      <div className="sn-figure-value">{value}</div>
      {note ? <div className="sn-figure-note">{note}</div> : null}
    </div>
  );
}
