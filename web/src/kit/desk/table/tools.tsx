import { DownloadOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Popover, Select, Tooltip } from "antd";
import { type ReactNode } from "react";

import { type Query, downloadUrl } from "../../api";
import { kitTexts } from "../../kitTexts";
import { type ColumnSpec, type PageAnswer } from "./specs";

export function ExportButton({ path, query }: { path: string; query: Query }): ReactNode {
  const t = kitTexts.use();
  const link = (format: string, label: string) => ({
    key: format,
    label: (
      <a href={downloadUrl(path, { ...query, format })} download>
        {label}
      </a>
    ),
  });
  return (
    <Dropdown
      menu={{ items: [link("xlsx", t("exportXlsx")), link("csv", t("exportCsv"))] }}
      trigger={["click"]}
    >
      <Tooltip title={t("export")}>
        <Button icon={<DownloadOutlined />} aria-label={t("export")} />
      </Tooltip>
    </Dropdown>
  );
}

interface ColumnChooserProps<T> {
  columns: readonly ColumnSpec<T>[];
  shown: readonly string[];
  onChange: (shown: readonly string[]) => void;
}

export function ColumnChooser<T>({ columns, shown, onChange }: ColumnChooserProps<T>): ReactNode {
  const t = kitTexts.use();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("columns")}
      content={
        <Checkbox.Group
          style={{ display: "flex", flexDirection: "column", gap: 6 }}
          value={[...shown]}
          onChange={(keys) => onChange(keys as string[])}
          options={columns.map((column) => ({
            value: column.key,
            label: column.title,
            disabled: column.fixed ?? false,
          }))}
        />
      }
    >
      <Tooltip title={t("columns")}>
        <Button icon={<SettingOutlined />} aria-label={t("columns")} />
      </Tooltip>
    </Popover>
  );
}

interface PagerProps {
  page: PageAnswer<unknown> | undefined;
  number: number;
  limit: number;
  onLimit: (limit: number) => void;
  onBack: () => void;
  onNext: () => void;
}

/** Cursor paging: back, number, next. There is no jump to page 57, and nothing is shown twice. */
export function Pager({ page, number, limit, onLimit, onBack, onNext }: PagerProps): ReactNode {
  const t = kitTexts.use();
  const total = page?.total;
  if (!page || (page.items.length === 0 && number === 1)) return null;
  const count = `${total ?? 0}${page.more_than_total ? "+" : ""}`;
  return (
    <nav className="sn-pager" aria-label={t("pageNumber", { page: number })}>
      <span className="sn-soft">{total === null || total === undefined ? null : t("total", { count })}</span>
      <span className="sn-pager-tools">
        <Select
          size="small"
          variant="borderless"
          aria-label={t("perPage", { count: limit })}
          value={limit}
          onChange={onLimit}
          popupMatchSelectWidth={false}
          options={[20, 50, 100].map((value) => ({ value, label: t("perPage", { count: value }) }))}
        />
        <Button size="small" disabled={number === 1} onClick={onBack}>
          {t("previousPage")}
        </Button>
        <span className="sn-number">{t("pageNumber", { page: number })}</span>
        <Button size="small" disabled={!page.next} onClick={onNext}>
          {t("nextPage")}
        </Button>
      </span>
    </nav>
  );
}
