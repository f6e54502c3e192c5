import { Button, Input, Popover } from "antd";
import { type ReactNode, useState } from "react";

import { kitTexts } from "../../kitTexts";
import { sameFilters } from "./address";
import { type Filters, type ViewSpec } from "./specs";

export interface ViewTabsProps {
  views: readonly ViewSpec[];
  own: readonly ViewSpec[];
  filters: Filters;
  onPick: (filters: Filters) => void;
  onOwn: (views: readonly ViewSpec[]) => void;
}

/** Saved views as tabs: those of the page, then one's own; filters that match none can be kept as a new one. */
export function ViewTabs({ views, own, filters, onPick, onOwn }: ViewTabsProps): ReactNode {
  const t = kitTexts.use();
  const all = [...views, ...own];
  const current = all.find((view) => sameFilters(view.filters, filters));
  const unsaved = !current && Object.keys(filters).length > 0;
  return (
    <div className="sn-views" role="tablist">
      {all.map((view) => (
        <span key={view.key} className="sn-view-slot">
          <button
            type="button"
            role="tab"
            aria-selected={view === current}
            className="sn-view"
            onClick={() => onPick(view.filters)}
          >
            {view.label}
            {view.count === undefined ? null : <span className="sn-view-count">{view.count}</span>}
          </button>
          {own.includes(view) && view === current ? (
            <button
              type="button"
              className="sn-view-drop"
              aria-label={t("deleteView", { name: view.label })}
              title={t("deleteView", { name: view.label })}
              onClick={() => onOwn(own.filter((other) => other !== view))}
            >
              ×
            </button>
          ) : null}
        </span>
      ))}
      {unsaved ? (
        <SaveView onSave={(label) => onOwn([...own, { key: `own-${label}`, label, filters }])} />
      ) : null}
    </div>
  );
}

function SaveView({ onSave }: { onSave: (label: string) => void }): ReactNode {
  const t = kitTexts.use();
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState("");
  const save = () => {
    if (!label.trim()) return;
    onSave(label.trim());
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      content={
        <div style={{ display: "flex", gap: 8 }}>
          <Input
            autoFocus
            aria-label={t("viewName")}
            placeholder={t("viewName")}
            maxLength={20}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            onPressEnter={save}
          />
          <Button type="primary" onClick={save}>
            {t("save")}
          </Button>
        </div>
      }
    >
      <Button type="link" size="small">
        {t("saveView")}
      </Button>
    </Popover>
  );
}
