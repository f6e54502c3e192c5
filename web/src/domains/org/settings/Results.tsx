import { DownloadOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import { type ReactNode } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { listed } from "@/kit/i18n";
import { type Answer, downloadUrl } from "@/kit/api";
import { Section } from "@/kit/desk/PageFrame";
import { FilterRow } from "@/kit/desk/table/FilterRow";
import { readFilters, writeFilters } from "@/kit/desk/table/address";
import { formatNumber, formatShare } from "@/kit/format";
import { kitTexts } from "@/kit/kitTexts";
import { useLive } from "@/kit/live";
import { Figure, Money } from "@/kit/Money";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";

import { texts } from "../texts";
import type { Variants } from "../types";
import { valueText } from "./values";

type Column = Variants["columns"][number];
type Compared = Answer<"/api/insights/variants">;
type Result = Compared["variants"][number]["results"][number];

interface Row {
  id: string;
  name: ReactNode;
  results: readonly Result[];
  children?: Row[];
}

const NAMES = ["key", "first", "last"] as const;

/** What came of the variants of one setting: the results of the units under each value, live. */
export function Results({ columns, under }: { columns: readonly Column[]; under: number }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const refresh = useRefresh();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search, NAMES);
  const column = columns.find((one) => one.key === filters["key"]) ?? varied(columns);
  const query = { key: column?.key ?? "", under, first: filters["first"], last: filters["last"] };
  const results = useRead("/api/insights/variants", {
    query: query as never,
    enabled: column !== undefined && may("insights.read"),
  });
  useLive(["work_order@*"], () => void refresh("/api/insights/variants"));
  if (!column || !may("insights.read")) return null;
  return (
    <Section
      title={t("results")}
      flush
      extra={
        <Button
          size="small"
          icon={<DownloadOutlined />}
          href={downloadUrl("/api/insights/variants/export", { ...query, format: "xlsx" })}
        >
          {kitTexts.t("export")}
        </Button>
      }
    >
      <div className="sn-results-head">
        <p className="sn-soft">{t("resultsPurpose")}</p>
        <FilterRow
          specs={[
            {
              kind: "select",
              name: "key",
              label: column.name,
              width: 180,
              options: columns.map((one) => ({ value: one.key, label: one.name })),
            },
            { kind: "period", name: "day", names: ["first", "last"], label: t("day") },
          ]}
          filters={{ key: column.key, ...filters }}
          onChange={(next) => setSearch(writeFilters(search, NAMES, next), { replace: true })}
        />
      </div>
      <Loaded query={results} rows={4}>
        {(data) => (data.variants.length === 0 ? <Empty /> : <SideBySide compared={data} column={column} />)}
      </Loaded>
    </Section>
  );
}

/** A setting that differs somewhere says more than the first one. */
const varied = (columns: readonly Column[]): Column | undefined =>
  columns.find((column) => column.variants > 1) ?? columns[0];

function SideBySide({ compared, column }: { compared: Compared; column: Column }): ReactNode {
  const t = texts.use();
  const navigate = useNavigate();
  const rows: Row[] = compared.variants.map((variant, index) => ({
    id: `variant-${index}`,
    name: (
      <>
        <strong>{valueText(column, variant.value)}</strong>{" "}
        <small className="sn-soft">
          {[
            variant.is_base ? t("resultsBase") : null,
            t("resultsUnits", { count: variant.unit_count }),
            variant.set_by.length > 0 ? t("resultsSetBy", { names: listed(variant.set_by) }) : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </>
    ),
    results: variant.results,
    children: variant.units.map((unit) => ({
      id: `unit-${unit.unit_id}`,
      name: <Link to={`/console/settings?unit=${unit.unit_id}`}>{unit.unit_name}</Link>,
      results: unit.results,
    })),
  }));
  return (
    <>
      <p className="sn-results-head sn-soft">
        {t("resultsPeriod", { first: compared.first, last: compared.last })}
      </p>
      <Table<Row>
        size="middle"
        pagination={false}
        rowKey="id"
        scroll={{ x: "max-content" }}
        dataSource={rows}
        expandable={{ defaultExpandAllRows: compared.variants.length <= 3 }}
        columns={[
          { key: "name", title: column.name, render: (_, row) => row.name },
          ...compared.columns.map((one, index) => ({
            key: one.key,
            title: one.name,
            align: "right" as const,
            className: "sn-number",
            render: (_: unknown, row: Row) => {
              const result = row.results[index];
              return result ? <Value result={result} onOpen={(link) => void navigate(link)} /> : "—";
            },
          })),
        ]}
      />
    </>
  );
}

function Value({ result, onOpen }: { result: Result; onOpen: (link: string) => void }): ReactNode {
  const t = texts.use();
  const { link } = result;
  const open = link ? () => onOpen(link) : undefined;
  if (result.value === null) return "—";
  switch (result.key) {
    case "earned":
      return <Money amount={result.value} onExplain={open} />;
    case "on_time":
      return (
        <>
          <Figure onOpen={open}>{formatShare(Number(result.value))}</Figure>{" "}
          <small className="sn-soft">{t("resultsLate", { late: result.behind, of: result.of })}</small>
        </>
      );
    case "rating":
      return (
        <>
          <Figure onOpen={open}>{t("resultsRating", { value: result.value })}</Figure>{" "}
          <small className="sn-soft">{t("resultsRatings", { count: result.of })}</small>
        </>
      );
    default:
      return <Figure onOpen={open}>{formatNumber(result.value)}</Figure>;
  }
}
