import { type ReactNode } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Money } from "@/kit/Money";

import { purposeTexts } from "./purposes";
import { texts } from "./texts";
import { say } from "./words";

type Row = Answer<"/api/ledger/accounts">["items"][number];

const PURPOSES = [
  "earned",
  "confirmed",
  "withdrawable",
  "in_transit",
  "paid",
  "owed",
  "held",
  "promotion_fund",
  "promotion",
  "expense",
] as const;

export default function AccountsPage(): ReactNode {
  const t = texts.use();
  const columns: ColumnSpec<Row>[] = [
    {
      key: "owner",
      title: t("owner"),
      fixed: true,
      sort: true,
      render: (row) => (
        <Link to={`/console/ledger/accounts/${row.id}`}>
          {row.owner_kind ? row.owner_title || `${row.owner_kind} ${row.owner_id}` : t("platform")}
        </Link>
      ),
    },
    { key: "purpose", title: t("purposeOf"), sort: true, render: (row) => say(row.purpose_text) },
    { key: "kind", title: t("kind"), render: (row) => t(`kind_${row.kind}`) },
    { key: "currency", title: t("currency"), width: 80, hidden: true },
    { key: "postings", title: t("postings"), align: "right", width: 90 },
    {
      key: "balance",
      title: t("balance"),
      align: "right",
      width: 160,
      sort: true,
      render: (row) => <Money amount={row.balance} currency={row.currency} />,
    },
  ];
  return (
    <TablePage<Row>
      title={t("accounts")}
      purpose={t("purpose")}
      path="/api/ledger/accounts"
      columns={columns}
      filters={[
        {
          kind: "select",
          name: "purpose",
          label: t("purposeOf"),
          options: PURPOSES.map((purpose) => ({ value: purpose, label: <PurposeName purpose={purpose} /> })),
        },
        { kind: "flag", name: "platform", label: t("platform") },
      ]}
      empty={{ title: t("noAccounts"), hint: t("hint") }}
    />
  );
}

function PurposeName({ purpose }: { purpose: (typeof PURPOSES)[number] }): ReactNode {
  return purposeTexts.use()(purpose);
}
