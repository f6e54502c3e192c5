import {
  BellOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
} from "@ant-design/icons";
import { Badge, Button, Drawer, Dropdown, Tooltip } from "antd";
import { Suspense, type ReactNode, useEffect, useState } from "react";
import { NavLink, useLocation } from "react-router";

import { type Pair, pick, useLocale } from "../i18n";
import { kitTexts } from "../kitTexts";
import { Person } from "../marks";
import { chooseLanguage, useSession } from "../session";
import { Boundary, Skeleton } from "../states";
import { useStored } from "./table/stored";
import { UnitSwitcher } from "./UnitSwitcher";

export interface MenuEntry {
  path: string;
  label: Pair;
  icon?: ReactNode;
  /** Active on this address only, not below it. */
  end?: boolean;
}

export interface MenuGroup {
  key: string;
  label?: Pair;
  entries: readonly MenuEntry[];
}

export interface AppFrameProps {
  menu: readonly MenuGroup[];
  /** The global search, opened by Ctrl K. */
  search: (open: boolean, close: () => void) => ReactNode;
  /** The notices in the drawer. */
  notices: (close: () => void) => ReactNode;
  unread: number;
  helpUrl: string;
  settingsPath: string;
  onNavigate: (path: string) => void;
  onSignOut: () => void;
  children: ReactNode;
}

/** The console around every page: menu at the left, unit, search, notices, help, language and oneself on top. */
export function AppFrame(props: AppFrameProps): ReactNode {
  const t = kitTexts.use();
  const narrow = typeof matchMedia === "function" && matchMedia("(max-width: 1100px)").matches;
  const [folded, setFolded] = useStored("shuniu.menu-folded", narrow);
  const location = useLocation();
  return (
    <div className={`sn-app${folded ? " sn-app-folded" : ""}`}>
      <a className="sn-skip" href="#main">
        {t("skip")}
      </a>
      <aside className="sn-side">
        <div className="sn-brand">
          <Logo />
          <span>{t("appName")}</span>
        </div>
        <Menu groups={props.menu} folded={folded} />
        <button
          type="button"
          className="sn-fold"
          aria-label={folded ? t("unfold") : t("fold")}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        </button>
      </aside>
      <TopBar {...props} />
      <main className="sn-main" id="main" tabIndex={-1}>
        <Boundary resetKey={location.pathname}>
          <Suspense fallback={<PageSkeleton />}>{props.children}</Suspense>
        </Boundary>
      </main>
    </div>
  );
}

export function Logo(): ReactNode {
  return (
    <svg className="sn-logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--brand)" />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
        <circle cx="16" cy="16" r="4.2" fill="#fff" stroke="none" />
        <path d="M16 5.5v6M16 20.5v6M5.5 16h6M20.5 16h6" />
      </g>
    </svg>
  );
}

function PageSkeleton(): ReactNode {
  return (
    <div className="sn-page">
      <Skeleton rows={6} />
    </div>
  );
}

function Menu({ groups, folded }: { groups: readonly MenuGroup[]; folded: boolean }): ReactNode {
  const t = kitTexts.use();
  useLocale();
  return (
    <nav className="sn-menu" aria-label={t("menu")}>
      {groups.map((group) => (
        <div key={group.key} className="sn-menu-group">
          {group.label ? <div className="sn-menu-label">{folded ? "" : pick(group.label)}</div> : null}
          {group.entries.map((entry) => (
            <Tooltip key={entry.path} title={folded ? pick(entry.label) : undefined} placement="right">
              <NavLink
                to={entry.path}
                end={entry.end}
                className="sn-menu-entry"
                aria-label={folded ? pick(entry.label) : undefined}
              >
                <span className="sn-menu-icon" aria-hidden="true">
                  {entry.icon}
                </span>
                {folded ? null : <span className="sn-menu-text">{pick(entry.label)}</span>}
              </NavLink>
            </Tooltip>
          ))}
        </div>
      ))}
    </nav>
  );
}

function TopBar(props: AppFrameProps): ReactNode {
  const t = kitTexts.use();
  const locale = useLocale();
  const session = useSession();
  const [searching, setSearching] = useState(false);
  const [noticing, setNoticing] = useState(false);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setSearching(true);
      }
    };
    window.addEventListener("keydown", keys);
    return () => window.removeEventListener("keydown", keys);
  }, []);
  return (
    <header className="sn-top">
      <UnitSwitcher />
      <button type="button" className="sn-search" onClick={() => setSearching(true)}>
        <SearchOutlined aria-hidden="true" />
        <span>{t("searchAll")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="sn-top-tools">
        <Tooltip title={t("notices")}>
          <Button
            type="text"
            aria-label={props.unread ? t("noticesUnread", { count: props.unread }) : t("notices")}
            onClick={() => setNoticing(true)}
            icon={
              <Badge count={props.unread} size="small" offset={[2, -2]}>
                <BellOutlined />
              </Badge>
            }
          />
        </Tooltip>
        <Tooltip title={t("help")}>
          <Button
            type="text"
            aria-label={t("help")}
            icon={<QuestionCircleOutlined />}
            onClick={() => props.onNavigate(props.helpUrl)}
          />
        </Tooltip>
        <Button
          type="text"
          lang={locale === "en" ? "zh-CN" : "en"}
          onClick={() => void chooseLanguage(locale === "en" ? "zh-CN" : "en")}
        >
          {locale === "en" ? "中文" : "EN"}
        </Button>
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              { key: "settings", label: t("settings") },
              { type: "divider" },
              { key: "out", label: t("signOut") },
            ],
            onClick: ({ key }) => (key === "out" ? props.onSignOut() : props.onNavigate(props.settingsPath)),
          }}
        >
          <button type="button" className="sn-me" title={t("account", { name: session.name })}>
            <Person name={session.name} note={session.staff?.unit_name} size={28} />
          </button>
        </Dropdown>
      </div>
      {props.search(searching, () => setSearching(false))}
      <Drawer
        open={noticing}
        onClose={() => setNoticing(false)}
        title={t("notices")}
        size={420}
        styles={{ body: { padding: 0 } }}
      >
        {noticing ? props.notices(() => setNoticing(false)) : null}
      </Drawer>
    </header>
  );
}
