import { Button, Drawer, Table, type TableColumnType } from "antd";
import { type Key, type ReactNode, useState } from "react";
import { Link, useSearchParams } from "react-router";

import { type Query } from "../../api";
import { kitTexts } from "../../kitTexts";
import { useLive } from "../../live";
import { refresh, queryClient, useRead } from "../../query";
import { Empty, type EmptyProps, ErrorState, useLasting } from "../../states";
import { useUnit } from "../../unit";
import { PageFrame } from "../PageFrame";
import { FilterRow } from "./FilterRow";
import { OtherUnit } from "./OtherUnit";
import { ViewTabs } from "./ViewTabs";
import { OPEN, SORT, asked, filterNames, nextSort, readFilters, writeFilters } from "./address";
import { type BulkAction, type ColumnSpec, type FilterSpec, type PageAnswer, type ViewSpec } from "./specs";
import { useStored } from "./stored";
import { ColumnChooser, ExportButton, Pager } from "./tools";

export type { BulkAction, ColumnSpec, FilterSpec, ViewSpec } from "./specs";

export interface TablePageProps<T> {
  title: string;
  purpose?: ReactNode;
  /** The list's address; its export is `<path>/export`. */
  path: string;
  columns: readonly ColumnSpec<T>[];
  filters?: readonly FilterSpec[];
  /** Ready-made views; “all” comes first by itself unless one of them has no filters. */
  views?: readonly ViewSpec[];
  /** Sent with every read, not in the address. */
  query?: Query;
  /** Keep to the unit chosen in the top bar (`unit_id`). */
  byUnit?: boolean;
  /** The primary action. */
  action?: ReactNode;
  bulk?: readonly BulkAction<T>[];
  exportable?: boolean;
  /** The drawer of one row, by id: an address with `?open=12` opens it too. */
  detail?: (id: number, close: () => void, row: T | undefined) => ReactNode;
  detailTitle?: (id: number, row: T | undefined) => ReactNode;
  detailWidth?: number;
  /** The full page of a row. */
  fullPage?: (id: number) => string;
  empty?: EmptyProps;
  /** Topics that read the list again when something moves. */
  live?: readonly string[];
  rowKey?: (row: T) => Key;
  /** Without the page's own head: a list inside another page. */
  embedded?: boolean;
  /** Above the table: figures, a hint. */
  lead?: ReactNode;
}

/** A list page: views, filters in the address, chosen columns, cursor pages, bulk bar, drawer, export. */
export function TablePage<T extends object>(props: TablePageProps<T>): ReactNode {
  const list = <List {...props} />;
  if (props.embedded) return list;
  return (
    <PageFrame title={props.title} purpose={props.purpose} action={props.action}>
      {props.lead}
      {list}
    </PageFrame>
  );
}

const NO_FILTERS: readonly FilterSpec[] = [];
/** A link may ask for another unit than the top bar's, for that unit alone, and without what one only takes part in. */
const BY_UNIT = ["unit_id", "exact_unit", "in_units"] as const;
const NO_TOPICS: readonly string[] = [];

function List<T extends object>(props: TablePageProps<T>): ReactNode {
  const { path, columns, filters: specs = NO_FILTERS } = props;
  const t = kitTexts.use();
  const [search, setSearch] = useSearchParams();
  // a view may ask for what no filter shows
  const names = [
    ...new Set([
      ...filterNames(specs),
      ...(props.views ?? []).flatMap((view) => Object.keys(view.filters)),
      ...(props.byUnit ? BY_UNIT : []),
    ]),
  ];
  const filters = readFilters(search, names);
  const sort = search.get(SORT);
  const unit = useUnit();
  const [limit, setLimit] = useStored(`shuniu.limit`, 20);
  const [shown, setShown] = useStored<readonly string[]>(
    `shuniu.columns.${path}`,
    columns.filter((column) => !column.hidden).map((column) => column.key),
  );
  const [own, setOwn] = useStored<readonly ViewSpec[]>(`shuniu.views.${path}`, []);
  const [picked, setPicked] = useState<readonly T[]>([]);

  const wanted: Query = {
    ...props.query,
    ...asked(specs, filters),
    sort,
    ...(props.byUnit && !filters["unit_id"] ? { unit_id: unit.id } : {}),
  };
  const pages = useCursors(JSON.stringify([path, wanted, limit]));
  const list = useRead(path, { query: { ...wanted, limit, cursor: pages.cursor } });
  const page = list.data as PageAnswer<T> | undefined;
  useLive(props.live ?? NO_TOPICS, () => void refresh(queryClient, [path]));
  const slow = useLasting(list.isPending);

  const setFilters = (next: typeof filters) =>
    setSearch(writeFilters(search, names, next), { replace: true });
  const setSort = (name: string) => {
    const next = new URLSearchParams(search);
    const value = nextSort(sort, name);
    if (value) next.set(SORT, value);
    else next.delete(SORT);
    setSearch(next, { replace: true });
  };
  const open = Number(search.get(OPEN)) || null;
  const setOpen = (id: number | null) => {
    const next = new URLSearchParams(search);
    if (id) next.set(OPEN, String(id));
    else next.delete(OPEN);
    setSearch(next, { replace: open !== null });
  };
  const idOf = (row: T): number => Number((row as { id?: number }).id);
  const opened = page?.items.find((row) => idOf(row) === open);
  const rowKey = props.rowKey ?? ((row: T) => idOf(row));
  const views = viewsOf(props.views ?? [], t("allView"));
  const filtered = Object.keys(filters).length > 0;

  return (
    <div className="sn-list">
      {views.length > 1 || own.length > 0 || filtered ? (
        <ViewTabs views={views} own={own} filters={filters} onPick={setFilters} onOwn={setOwn} />
      ) : null}
      <div className="sn-list-tools" hidden={props.embedded && specs.length === 0 && !filtered}>
        <FilterRow specs={specs} filters={filters} onChange={setFilters}>
          {props.byUnit ? <OtherUnit filters={filters} onChange={setFilters} /> : null}
        </FilterRow>
        <div className="sn-list-buttons">
          {props.exportable === false ? null : <ExportButton path={`${path}/export`} query={wanted} />}
          <ColumnChooser columns={columns} shown={shown} onChange={setShown} />
        </div>
      </div>
      {picked.length > 0 ? (
        <div className="sn-bulk" role="status">
          <span>{t("picked", { count: picked.length })}</span>
          {props.bulk?.map((action) => (
            <Button
              key={action.key}
              size="small"
              danger={action.danger ?? false}
              onClick={() => action.run(picked, () => setPicked([]))}
            >
              {action.label}
            </Button>
          ))}
          <Button size="small" type="link" onClick={() => setPicked([])}>
            {t("unpick")}
          </Button>
        </div>
      ) : null}
      {list.error && !page ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Table<T>
          size="middle"
          rowKey={rowKey}
          columns={drawn(columns, shown, sort)}
          onChange={(_page, _filters, sorter, { action }) => {
            const pressed = Array.isArray(sorter) ? sorter[0] : sorter;
            const name = sortName(columns.find((column) => column.key === pressed?.columnKey));
            if (action === "sort" && name) setSort(name);
          }}
          dataSource={page?.items ?? []}
          loading={slow ? { spinning: true, delay: 0 } : false}
          pagination={false}
          showSorterTooltip={false}
          scroll={{ x: "max-content" }}
          sticky={{ getContainer: () => document.getElementById("main") ?? document.body }}
          rowSelection={
            props.bulk
              ? {
                  selectedRowKeys: picked.map((row) => rowKey(row)),
                  preserveSelectedRowKeys: true,
                  onChange: (_, rows) => setPicked(rows),
                }
              : undefined
          }
          rowClassName={(row) =>
            `${props.detail || props.fullPage ? "sn-row-link" : ""}${open === idOf(row) ? " sn-row-open" : ""}`
          }
          onRow={(row) => (props.detail ? opener(() => setOpen(idOf(row))) : {})}
          locale={{
            emptyText: list.isPending ? (
              " "
            ) : (
              <Nothing filtered={filtered} empty={props.empty} onClear={() => setFilters({})} />
            ),
          }}
        />
      )}
      <Pager
        page={page}
        number={pages.number}
        limit={limit}
        onLimit={setLimit}
        onBack={pages.back}
        onNext={() => pages.next(page?.next ?? null)}
      />
      {props.detail ? (
        <Drawer
          open={open !== null}
          size={props.detailWidth ?? 640}
          mask={false}
          destroyOnHidden
          onClose={() => setOpen(null)}
          title={open === null ? null : (props.detailTitle?.(open, opened) ?? props.title)}
          extra={
            open !== null && props.fullPage ? <Link to={props.fullPage(open)}>{t("openPage")}</Link> : null
          }
        >
          {open === null ? null : props.detail(open, () => setOpen(null), opened)}
        </Drawer>
      ) : null}
    </div>
  );
}

/** A click on a row opens it, unless it was meant for a link, a button or a field in it, or marked text. */
function opener(open: () => void) {
  return {
    tabIndex: 0,
    onClick: (event: React.MouseEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest("a,button,input,label,[role=button]") || getSelection()?.toString()) return;
      open();
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === "Enter" && event.target === event.currentTarget) open();
    },
  };
}

function viewsOf(views: readonly ViewSpec[], all: string): readonly ViewSpec[] {
  if (views.length === 0 || views.some((view) => Object.keys(view.filters).length === 0)) return views;
  return [{ key: "all", label: all, filters: {} }, ...views];
}

function sortName<T>(column: ColumnSpec<T> | undefined): string | null {
  return column?.sort === true ? column.key : column?.sort || null;
}

function drawn<T>(
  columns: readonly ColumnSpec<T>[],
  shown: readonly string[],
  sort: string | null,
): TableColumnType<T>[] {
  return columns
    .filter((column) => column.fixed || shown.includes(column.key))
    .map((column) => {
      const name = sortName(column);
      return {
        key: column.key,
        dataIndex: column.key,
        title: column.title,
        align: column.align,
        width: column.width,
        ellipsis: column.ellipsis,
        className: column.align === "right" ? "sn-number" : undefined,
        render: column.render ? (_: unknown, row: T) => column.render?.(row) : undefined,
        ...(name
          ? {
              sorter: true,
              sortOrder:
                sort === name ? ("ascend" as const) : sort === `-${name}` ? ("descend" as const) : null,
            }
          : {}),
      };
    });
}

function Nothing({
  filtered,
  empty,
  onClear,
}: {
  filtered: boolean;
  empty?: EmptyProps;
  onClear: () => void;
}): ReactNode {
  const t = kitTexts.use();
  if (!filtered) return <Empty {...empty} />;
  return <Empty title={t("emptyFiltered")} action={<Button onClick={onClear}>{t("clearFilters")}</Button>} />;
}

/** The way through the cursors; another question starts at the first page. */
function useCursors(question: string) {
  const [state, setState] = useState<{ question: string; trail: readonly string[] }>({ question, trail: [] });
  if (state.question !== question) setState({ question, trail: [] });
  const trail = state.question === question ? state.trail : [];
  return {
    cursor: trail.at(-1),
    number: trail.length + 1,
    back: () => setState({ question, trail: trail.slice(0, -1) }),
    next: (cursor: string | null) => cursor && setState({ question, trail: [...trail, cursor] }),
  };
}
