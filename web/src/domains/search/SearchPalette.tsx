import { SearchOutlined } from "@ant-design/icons";
import { Input, Modal } from "antd";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";

import { defineTexts } from "@/kit/i18n";
import { kitTexts } from "@/kit/kitTexts";
import { useRead } from "@/kit/query";

import "./search.css";

const texts = defineTexts("search", {
  hint: ["输入姓名、单号或手机号后四位", "Type a name, a number or the last four digits of a phone"],
  keys: ["↑↓ 选择，回车打开，Esc 关闭", "↑↓ to choose, Enter to open, Esc to close"],
});

export interface PageLink {
  path: string;
  title: string;
}

interface Hit {
  key: string;
  group: string;
  title: string;
  subtitle?: string | null;
  link: string;
}

/** Ctrl K: customers, orders, people and pages in one list, moved through with the arrow keys. */
export function SearchPalette({
  open,
  onClose,
  pages,
}: {
  open: boolean;
  onClose: () => void;
  pages: readonly PageLink[];
}): ReactNode {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      destroyOnHidden
      style={{ top: 80 }}
      aria-label={kitTexts.t("search")}
    >
      <Palette onClose={onClose} pages={pages} />
    </Modal>
  );
}

function useHits(typed: string, pages: readonly PageLink[]): { hits: readonly Hit[]; busy: boolean } {
  const q = useDeferredValue(typed.trim());
  const found = useRead("/api/search", { query: { q }, enabled: q.length > 0 });
  const answer = q ? found.data : undefined;
  const wanted = q.toLowerCase();
  const hits = (answer?.groups ?? []).flatMap((group) =>
    group.items.map((item): Hit => ({
      key: `${group.kind}:${item.id}`,
      group: group.name,
      title: item.title,
      subtitle: item.subtitle,
      link: item.link,
    })),
  );
  const matching = pages.filter((page) => !wanted || page.title.toLowerCase().includes(wanted));
  const links = matching
    .slice(0, wanted ? 6 : 20)
    .map((page): Hit => ({ key: page.path, group: kitTexts.t("pages"), title: page.title, link: page.path }));
  return { hits: [...hits, ...links], busy: found.isFetching };
}

function Palette({ onClose, pages }: { onClose: () => void; pages: readonly PageLink[] }): ReactNode {
  const t = texts.use();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { hits, busy } = useHits(typed, pages);
  const current = Math.min(at, Math.max(0, hits.length - 1));

  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate(hit.link);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((current + step + hits.length) % Math.max(1, hits.length));
    } else if (event.key === "Enter") go(hits[current]);
  };
  return (
    <div className="sn-palette">
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden="true" />}
        placeholder={kitTexts.t("searchAll")}
        role="combobox"
        aria-expanded="true"
        aria-controls="sn-hits"
        aria-activedescendant={hits[current] ? `sn-hit-${current}` : undefined}
        aria-label={kitTexts.t("searchAll")}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      <ul id="sn-hits" role="listbox" aria-label={kitTexts.t("search")}>
        {hits.map((hit, index) => (
          <Row
            key={hit.key}
            hit={hit}
            first={hits[index - 1]?.group !== hit.group}
            active={index === current}
            index={index}
            onGo={go}
          />
        ))}
      </ul>
      {hits.length === 0 && !busy ? (
        <p className="sn-palette-none">{kitTexts.t("searchNothing", { q: typed })}</p>
      ) : null}
      <p className="sn-palette-foot">{typed ? t("keys") : t("hint")}</p>
    </div>
  );
}

interface RowProps {
  hit: Hit;
  first: boolean;
  active: boolean;
  index: number;
  onGo: (hit: Hit) => void;
}

function Row({ hit, first, active, index, onGo }: RowProps): ReactNode {
  return (
    <>
      {first ? (
        <li role="presentation" className="sn-palette-group">
          {hit.group}
        </li>
      ) : null}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are handled by the field above */}
      <li
        id={`sn-hit-${index}`}
        role="option"
        aria-selected={active}
        className="sn-palette-hit"
        tabIndex={-1}
        onClick={() => onGo(hit)}
      >
        <span>{hit.title}</span>
        {hit.subtitle ? <span className="sn-soft">{hit.subtitle}</span> : null}
      </li>
    </>
  );
}
