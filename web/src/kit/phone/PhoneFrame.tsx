import { ConfigProvider, Dialog, TabBar, Toast } from "antd-mobile";
import enUS from "antd-mobile/es/locales/en-US";
import zhCN from "antd-mobile/es/locales/zh-CN";
import { Suspense, type ReactNode, useCallback, useEffect } from "react";
import { useLocation, useNavigate } from "react-router";

import { type Pair, pick, useLocale } from "../i18n";
import { kitTexts } from "../kitTexts";
import { useOnline, useOutbox, useWaiting } from "../offline";
import { Problem } from "../problem";
import { Boundary, Skeleton } from "../states";

import "./react19";

export function PhoneTheme({ children }: { children: ReactNode }): ReactNode {
  const locale = useLocale();
  return <ConfigProvider locale={locale === "en" ? enUS : zhCN}>{children}</ConfigProvider>;
}

export interface PhoneTab {
  path: string;
  label: Pair;
  icon: ReactNode;
  badge?: number;
}

/** The phone around every page: what the line is doing on top, tabs at the bottom. */
export function PhoneFrame({
  tabs,
  children,
}: {
  tabs: readonly PhoneTab[];
  children: ReactNode;
}): ReactNode {
  const t = kitTexts.use();
  const location = useLocation();
  const navigate = useNavigate();
  const onTab = tabs.some((tab) => tab.path === location.pathname);
  useOutbox(
    useCallback(
      (write, problem) => Toast.show({ icon: "fail", content: `${write.label}: ${problem.message}` }),
      [],
    ),
  );
  return (
    <div className="sn-phone">
      <LineBanner />
      <main className="sn-phone-main" id="main">
        <Boundary resetKey={location.pathname}>
          <Suspense
            fallback={
              <div className="sn-phone-body">
                <Skeleton rows={6} />
              </div>
            }
          >
            {children}
          </Suspense>
        </Boundary>
      </main>
      {onTab && tabs.length > 1 ? (
        <nav className="sn-phone-tabs" aria-label={t("menu")}>
          <TabBar activeKey={location.pathname} onChange={(path) => void navigate(path)} safeArea>
            {tabs.map((tab) => (
              <TabBar.Item
                key={tab.path}
                icon={tab.icon}
                title={pick(tab.label)}
                badge={tab.badge ? String(tab.badge) : undefined}
              />
            ))}
          </TabBar>
        </nav>
      ) : null}
    </div>
  );
}

function LineBanner(): ReactNode {
  const t = kitTexts.use();
  const online = useOnline();
  const waiting = useWaiting();
  if (online && waiting.length === 0) return null;
  return (
    <div className={`sn-line${online ? "" : " sn-line-off"}`} role="status">
      <span>{online ? t("backOnline") : t("offline")}</span>
      {waiting.length > 0 ? <b>{t("offlineQueue", { count: waiting.length })}</b> : null}
    </div>
  );
}

export interface PhonePageProps {
  title: ReactNode;
  /** Where “back” leads; without it the page is a tab. */
  back?: string | true;
  right?: ReactNode;
  /** The sticky bar with the one primary button. */
  footer?: ReactNode;
  children: ReactNode;
}

export function PhonePage({ title, back, right, footer, children }: PhonePageProps): ReactNode {
  const t = kitTexts.use();
  const navigate = useNavigate();
  useEffect(() => {
    if (typeof title === "string") document.title = title;
  }, [title]);
  return (
    <div className="sn-phone-page">
      <header className="sn-phone-head">
        {back ? (
          <button
            type="button"
            className="sn-phone-back"
            aria-label={t("back")}
            onClick={() => void (back === true ? navigate(-1) : navigate(back))}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M10 3L5 8l5 5" />
            </svg>
          </button>
        ) : null}
        <h1>{title}</h1>
        <div className="sn-phone-right">{right}</div>
      </header>
      <div className="sn-phone-body">{children}</div>
      {footer ? <div className="sn-phone-foot">{footer}</div> : null}
    </div>
  );
}

/** The one primary button of a phone page. */
export function PrimaryButton(props: {
  onClick?: () => void;
  busy?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  children: ReactNode;
}): ReactNode {
  return (
    <button
      type={props.type ?? "button"}
      className="sn-button sn-button-primary sn-button-large"
      disabled={props.disabled || props.busy}
      aria-busy={props.busy}
      onClick={props.onClick}
    >
      {props.busy ? <span className="sn-spin" aria-hidden="true" /> : null}
      {props.children}
    </button>
  );
}

export function Card({
  title,
  extra,
  children,
  onOpen,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children?: ReactNode;
  onOpen?: () => void;
}): ReactNode {
  const head =
    title || extra ? (
      <div className="sn-phone-card-head">
        <span className="sn-phone-card-title">{title}</span>
        {extra}
      </div>
    ) : null;
  if (onOpen) {
    return (
      <button type="button" className="sn-phone-card sn-phone-card-open" onClick={onOpen}>
        {head}
        {children}
      </button>
    );
  }
  return (
    <section className="sn-phone-card">
      {head}
      {children}
    </section>
  );
}

export const phoneToast = {
  done: (text: string) => Toast.show({ icon: "success", content: text }),
  failed: (error: unknown) =>
    Toast.show({ content: error instanceof Problem ? error.message : kitTexts.t("failed"), duration: 4000 }),
};

/** Only for what cannot be undone; says what will happen. */
export const phoneConfirm = (title: string, content: ReactNode, action: string): Promise<boolean> =>
  Dialog.confirm({ title, content, confirmText: action, cancelText: kitTexts.t("cancel") });
