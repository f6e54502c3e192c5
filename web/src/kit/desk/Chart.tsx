import { Segmented, Table } from "antd";
import { type ReactNode, Suspense, lazy, useState } from "react";

import { kitTexts } from "../kitTexts";
import { Figure } from "../Money";
import { Skeleton } from "../states";

const Canvas = lazy(() => import("./ChartCanvas"));

export type ChartKind = "line" | "bar" | "stacked" | "rows" | "pie" | "funnel";

export interface ChartSeries {
  name: string;
  /** One value per category; null leaves a gap. */
  values: readonly (number | null)[];
}

export interface ChartProps {
  kind: ChartKind;
  categories: readonly string[];
  series: readonly ChartSeries[];
  /** What the chart says: 本周完工 128 单，比上周多 12%. */
  sentence: ReactNode;
  height?: number;
  format?: (value: number) => string;
  /** Opens what one point is made of. */
  onPick?: (category: string, series: string) => void;
}

/** A chart with its sentence, the table behind it, and an export of that table. ECharts is loaded when it is drawn. */
export function Chart(props: ChartProps): ReactNode {
  const t = kitTexts.use();
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <figure className="sn-chart">
      <figcaption>
        <span>{props.sentence}</span>
        <span className="sn-chart-tools">
          <Segmented
            size="small"
            value={view}
            onChange={setView}
            options={[
              { value: "chart", label: t("chart") },
              { value: "table", label: t("table") },
            ]}
          />
          <button type="button" className="sn-link" onClick={() => saveCsv(props)}>
            {t("export")}
          </button>
        </span>
      </figcaption>
      {view === "chart" ? (
        <Suspense fallback={<Skeleton rows={5} />}>
          <Canvas {...props} height={props.height ?? 260} />
        </Suspense>
      ) : (
        <Values {...props} />
      )}
    </figure>
  );
}

function Values({ categories, series, format = String, height = 260, onPick }: ChartProps): ReactNode {
  return (
    <Table
      size="small"
      pagination={false}
      scroll={{ y: height - 40 }}
      rowKey="category"
      dataSource={categories.map((category, index) => ({ category, index }))}
      columns={[
        { dataIndex: "category", title: "" },
        ...series.map((one) => ({
          key: one.name,
          title: one.name,
          align: "right" as const,
          className: "sn-number",
          render: (_: unknown, row: { category: string; index: number }) => {
            const value = one.values[row.index];
            if (value === null || value === undefined) return "—";
            return <Figure onOpen={onPick && (() => onPick(row.category, one.name))}>{format(value)}</Figure>;
          },
        })),
      ]}
    />
  );
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The table as CSV, with the mark by which Excel knows UTF-8. */
export function chartCsv({ categories, series }: Pick<ChartProps, "categories" | "series">): string {
  const head = ["", ...series.map((one) => one.name)];
  const rows = categories.map((category, index) => [
    category,
    ...series.map((one) => String(one.values[index] ?? "")),
  ]);
  return "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

function saveCsv(props: ChartProps): void {
  const url = URL.createObjectURL(new Blob([chartCsv(props)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${document.title.split(" · ")[0] ?? "chart"}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
