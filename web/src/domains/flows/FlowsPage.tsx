import { type ReactNode } from "react";
import { Link } from "react-router";

import { TablePage } from "@/kit/desk/table/TablePage";
import { Time } from "@/kit/Time";

import { texts } from "./texts";
import { type DefinitionRow, say } from "./types";

/** Every flow in use. */
export default function FlowsPage(): ReactNode {
  const t = texts.use();
  return (
    <TablePage<DefinitionRow>
      title={t("title")}
      purpose={t("purpose")}
      path="/api/flows"
      filters={[{ kind: "search", name: "text", label: t("search") }]}
      columns={[
        {
          key: "name",
          title: t("name"),
          render: (row) => <Link to={`/console/flows/${row.key}`}>{say(row.name)}</Link>,
        },
        { key: "key", title: t("key"), width: 180 },
        {
          key: "version_number",
          title: t("version"),
          width: 120,
          render: (row) => (row.version_number ? t("versionNo", { number: row.version_number }) : "—"),
        },
        {
          key: "published_at",
          title: t("published"),
          width: 150,
          render: (row) => <Time at={row.published_at} />,
        },
        { key: "running", title: t("running"), width: 110, align: "right" },
      ]}
      empty={{ title: t("none"), hint: t("noneHint") }}
    />
  );
}
