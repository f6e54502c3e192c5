import { type ReactNode } from "react";
import { Link } from "react-router";

import { Person } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Time } from "@/kit/Time";

import { EarningExplanation } from "./EarningExplanation";
import { type EarningRow, STATES, StateMark } from "./states";
import { texts } from "./texts";
import { say } from "./words";

export default function EarningsPage(): ReactNode {
  const t = texts.use();
  const columns: ColumnSpec<EarningRow>[] = [
    {
      key: "at",
      title: t("at"),
      sort: true,
      fixed: true,
      width: 150,
      render: (row) => <Time at={row.at} show="absolute" />,
    },
    {
      key: "beneficiary_name",
      title: t("beneficiary"),
      width: 130,
      render: (row) => <Person name={row.beneficiary_name} />,
    },
    { key: "source", title: t("source"), ellipsis: true, render: (row) => <SourceLink row={row} /> },
    { key: "component", title: t("component"), hidden: true, render: (row) => say(row.component_text) },
    { key: "unit_name", title: t("unit"), width: 130, ellipsis: true },
    {
      key: "amount",
      title: t("amount"),
      sort: true,
      align: "right",
      width: 110,
      render: (row) => <Money amount={row.amount} />,
    },
    { key: "state", title: t("state"), width: 110, render: (row) => <StateMark state={row.state} /> },
    {
      key: "expected_at",
      title: t("expected"),
      width: 120,
      render: (row) => (row.expected_at ? <Time at={row.expected_at} show="date" /> : "—"),
    },
    { key: "period", title: t("period"), width: 90, hidden: true },
    {
      key: "plan",
      title: t("plan"),
      hidden: true,
      render: (row) => `${say(row.plan_name)} v${row.plan_number}`,
    },
  ];
  return (
    <TablePage<EarningRow>
      title={t("earnings")}
      purpose={t("earningsPurpose")}
      path="/api/settlement/earnings"
      live={["work_order@*"]}
      byUnit
      columns={columns}
      filters={[
        {
          kind: "select",
          name: "state",
          label: t("state"),
          options: STATES.map((state) => ({ value: state, label: t(`state_${state}`) })),
        },
        { kind: "period", name: "at", label: t("at"), names: ["since", "until"], moments: true },
      ]}
      views={STATES.map((state) => ({ key: state, label: t(`state_${state}`), filters: { state } }))}
      detail={(id) => <EarningExplanation id={id} />}
      detailTitle={(_, row) => row?.source_title}
      detailWidth={560}
      empty={{ title: t("noEarnings"), hint: t("noEarningsHint") }}
    />
  );
}

function SourceLink({ row }: { row: EarningRow }): ReactNode {
  if (!row.source_link) return row.source_title || `${row.source_kind} ${row.source_id}`;
  return (
    <Link to={row.source_link} onClick={(event) => event.stopPropagation()}>
      {row.source_title}
    </Link>
  );
}
