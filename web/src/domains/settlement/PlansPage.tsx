import { type ReactNode } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { TablePage } from "@/kit/desk/table/TablePage";
import { Time } from "@/kit/Time";

import { texts } from "./texts";
import { say } from "./words";

type Row = Answer<"/api/settlement/plans">["items"][number];

export default function PlansPage(): ReactNode {
  const t = texts.use();
  return (
    <TablePage<Row>
      title={t("plans")}
      purpose={t("plansPurpose")}
      path="/api/settlement/plans"
      exportable={false}
      columns={[
        {
          key: "name",
          title: t("planName"),
          fixed: true,
          render: (row) => <Link to={`/console/settlement/plans/${row.id}`}>{say(row.name)}</Link>,
        },
        { key: "key", title: t("key"), sort: true, render: (row) => <code>{row.key}</code> },
        { key: "versions", title: t("versions"), align: "right", width: 100 },
        {
          key: "latest_at",
          title: t("latest"),
          width: 200,
          render: (row) => <Time at={row.latest_at} show="absolute" />,
        },
      ]}
      filters={[{ kind: "search", name: "q", label: t("planName") }]}
      empty={{ title: t("noPlans") }}
    />
  );
}
