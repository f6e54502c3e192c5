import { DownloadOutlined } from "@ant-design/icons";
import { Button, Checkbox, Table } from "antd";
import { type ReactNode } from "react";
import { Link, useSearchParams } from "react-router";

import { downloadUrl } from "@/kit/api";
import { PageFrame, Section } from "@/kit/desk/PageFrame";
import { kitTexts } from "@/kit/kitTexts";
import { useRead } from "@/kit/query";
import { useSession } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";

import "../org.css";
import { texts } from "../texts";
import type { Variants } from "../types";
import { UnitPick } from "../units/UnitPick";
import { Results } from "./Results";
import { valueText } from "./values";

export default function ComparePage(): ReactNode {
  const t = texts.use();
  const { units } = useSession();
  const [search, setSearch] = useSearchParams();
  const under = Number(search.get("under")) || units[0]?.id || 0;
  const different = search.get("different") !== "false";
  const query = { under, different_only: different };
  const variants = useRead("/api/org/settings/variants", { query, enabled: under > 0 });
  const all = useRead("/api/org/settings/variants", {
    query: { under, different_only: false },
    enabled: under > 0,
  });
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <PageFrame
      title={t("compareTitle")}
      purpose={t("comparePurpose")}
      back={`/console/settings?unit=${under}`}
      action={
        <Button
          icon={<DownloadOutlined />}
          href={downloadUrl("/api/org/settings/variants/export", { ...query, format: "xlsx" })}
        >
          {kitTexts.t("export")}
        </Button>
      }
    >
      <div className="sn-filters" style={{ marginBottom: 16 }}>
        <label htmlFor="compare-base">{t("compareBase")}</label>
        <UnitPick
          id="compare-base"
          aria-label={t("compareBase")}
          style={{ width: 260 }}
          value={under}
          onChange={(id) => set("under", String(id))}
        />
        <Checkbox checked={different} onChange={(event) => set("different", String(event.target.checked))}>
          {t("onlyDifferent")}
        </Checkbox>
      </div>
      <Section flush>
        <Loaded query={variants} rows={8}>
          {(data) => (data.columns.length === 0 ? <Empty title={t("allSame")} /> : <Compared data={data} />)}
        </Loaded>
      </Section>
      {all.data ? <Results columns={all.data.columns} under={under} /> : null}
    </PageFrame>
  );
}

/** Settings down, units across would be unreadable with many units: units down, settings across. */
function Compared({ data }: { data: Variants }): ReactNode {
  const t = texts.use();
  return (
    <Table
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      sticky={{ getContainer: () => document.getElementById("main") ?? document.body }}
      rowKey="unit_id"
      dataSource={data.rows}
      columns={[
        {
          key: "unit",
          title: t("theUnit"),
          fixed: "left",
          render: (_, row) => {
            const count = row.cells.filter((cell) => cell.differs).length;
            return (
              <span style={{ paddingLeft: (row.depth - 1) * 16 }}>
                <Link to={`/console/settings?unit=${row.unit_id}`}>{row.unit_name}</Link>{" "}
                {count > 0 ? <small className="sn-soft">{t("differs", { count })}</small> : null}
              </span>
            );
          },
        },
        ...data.columns.map((column, index) => ({
          key: column.key,
          title: column.name,
          onCell: (row: Variants["rows"][number]) => ({
            className: row.cells[index]?.differs ? "sn-differs" : "",
          }),
          render: (_: unknown, row: Variants["rows"][number]) => {
            const cell = row.cells[index];
            return (
              <>
                {valueText(column, cell?.value)}
                {cell?.set_here ? <small className="sn-soft"> · {t("originHere")}</small> : null}
              </>
            );
          },
        })),
      ]}
    />
  );
}
