import "./flows.css";

import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { TablePage } from "@/kit/desk/table/TablePage";
import { Status } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { NewFlow } from "./NewFlow";
import { texts } from "./texts";
import { type DefinitionRow, say } from "./types";

/** Every flow one may see: what is in use, what is being drawn. */
export default function FlowsPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const flows = useRead("/api/flows", { enabled: creating });
  const create = may("flow.design") ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t("create")}
    </Button>
  ) : undefined;
  return (
    <>
      <TablePage<DefinitionRow>
        title={t("title")}
        purpose={t("purpose")}
        path="/api/flows"
        filters={[{ kind: "search", name: "text", label: t("search") }]}
        columns={[
          {
            key: "name",
            title: t("name"),
            fixed: true,
            render: (row) => <Link to={`/console/flows/${row.key}`}>{say(row.name)}</Link>,
          },
          { key: "state", title: t("state"), width: 210, render: (row) => <State row={row} /> },
          {
            key: "version_number",
            title: t("version"),
            width: 100,
            render: (row) => (row.version_number ? t("versionNo", { number: row.version_number }) : "—"),
          },
          {
            key: "unit_name",
            title: t("owner"),
            width: 130,
            render: (row) => row.unit_name || t("everywhere"),
          },
          { key: "running", title: t("running"), width: 90, align: "right" },
          {
            key: "published_at",
            title: t("published"),
            width: 130,
            render: (row) => <Time at={row.published_at} />,
          },
          {
            key: "published_by",
            title: t("publishedBy"),
            width: 110,
            render: (row) => row.published_by || "—",
          },
          {
            key: "do",
            title: "",
            width: 80,
            render: (row) =>
              row.may_design ? (
                <Link to={`/console/flows/${row.key}/design`}>{t("design")}</Link>
              ) : (
                <Link to={`/console/flows/${row.key}`}>{t("view")}</Link>
              ),
          },
        ]}
        action={create}
        empty={{ title: t("none"), hint: t("noneHint"), action: create }}
      />
      <NewFlow open={creating} onClose={() => setCreating(false)} flows={flows.data?.items ?? []} />
    </>
  );
}

function State({ row }: { row: DefinitionRow }): ReactNode {
  const t = texts.use();
  if (!row.version_number) return <Status tone="neutral">{t("stateDraft")}</Status>;
  if (!row.draft) return <Status tone="good">{t("stateCurrent")}</Status>;
  return (
    <span title={`${t("draftBy", { name: row.draft.saved_by })} ${row.draft.saved_at}`}>
      <Status tone="active">{t("stateChanged")}</Status>
    </span>
  );
}
