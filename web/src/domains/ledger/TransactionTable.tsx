import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { Facts } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage, type TablePageProps } from "@/kit/desk/table/TablePage";
import { Money } from "@/kit/Money";
import { Time } from "@/kit/Time";

import "./ledger.css";
import { texts } from "./texts";
import { say } from "./words";

export type Transaction = Answer<"/api/ledger/transactions">["items"][number];
type Leg = Transaction["postings"][number];

/** Transactions as a list; `accountId` keeps to those that touch an account and shows its side. */
export function TransactionTable({
  accountId,
  ...frame
}: { accountId?: number } & Pick<TablePageProps<Transaction>, "embedded" | "title" | "purpose">): ReactNode {
  const t = texts.use();
  const columns: ColumnSpec<Transaction>[] = [
    {
      key: "at",
      title: t("at"),
      sort: true,
      fixed: true,
      width: 150,
      render: (row) => <Time at={row.at} show="absolute" />,
    },
    { key: "memo", title: t("memo"), render: (row) => say(row.memo) },
    { key: "move", title: t("move"), render: (row) => <Legs legs={row.postings} /> },
    {
      key: "source",
      title: t("source"),
      ellipsis: true,
      render: (row) => row.source_title || `${row.source_kind} ${row.source_id}`,
    },
    {
      key: "amount",
      title: t("amount"),
      align: "right",
      width: 130,
      render: (row) => <Money amount={amountOf(row, accountId)} signed={accountId !== undefined} />,
    },
    { key: "key", title: t("key"), hidden: true, render: (row) => <code>{row.key}</code> },
  ];
  return (
    <TablePage<Transaction>
      {...frame}
      path="/api/ledger/transactions"
      {...(accountId === undefined ? {} : { query: { account_id: accountId } })}
      columns={columns}
      filters={[
        { kind: "search", name: "key", label: t("key") },
        { kind: "period", name: "at", label: t("at"), names: ["since", "until"], moments: true },
      ]}
      detailTitle={(id) => `#${id}`}
      detail={(_id, _close, row) => (row ? <TransactionFacts row={row} /> : null)}
      empty={{ title: t("noTransactions"), hint: t("hint") }}
    />
  );
}

const nameOf = (leg: Leg, house: string): string =>
  `${leg.owner_kind ? leg.owner_title || `${leg.owner_kind} ${leg.owner_id}` : house} · ${say(leg.purpose_text)}`;

function amountOf(row: Transaction, accountId: number | undefined): string {
  const leg =
    accountId === undefined
      ? row.postings.find((each) => !each.amount.startsWith("-"))
      : row.postings.find((each) => each.account_id === accountId);
  return leg?.amount ?? "0.00";
}

function Legs({ legs }: { legs: readonly Leg[] }): ReactNode {
  const t = texts.use();
  const from = legs.filter((leg) => leg.amount.startsWith("-"));
  const into = legs.filter((leg) => !leg.amount.startsWith("-"));
  const names = (few: readonly Leg[]) => few.map((leg) => nameOf(leg, t("platform"))).join("、");
  return (
    <span>
      {names(from)} → {names(into)}
    </span>
  );
}

/** One transaction in full: its postings, which sum to zero, and where it came from. */
export function TransactionFacts({ row }: { row: Transaction }): ReactNode {
  const t = texts.use();
  return (
    <div className="sn-stack">
      <Facts
        items={[
          { label: t("memo"), value: say(row.memo) },
          { label: t("at"), value: <Time at={row.at} show="absolute" /> },
          { label: t("recordedAt"), value: <Time at={row.recorded_at} show="absolute" /> },
          { label: t("source"), value: row.source_title || `${row.source_kind} ${row.source_id}` },
          { label: t("by"), value: row.by },
          { label: t("key"), value: <code>{row.key}</code> },
          row.corrects ? { label: t("correctsIt", { id: row.corrects }), value: "" } : null,
          row.corrected_by ? { label: t("correctedBy", { id: row.corrected_by }), value: "" } : null,
        ]}
      />
      <table className="sn-plain-table ld-legs">
        <tbody>
          {row.postings.map((leg) => (
            <tr key={leg.account_id}>
              <td>{nameOf(leg, t("platform"))}</td>
              <td>
                <Money amount={leg.amount} currency={leg.currency} signed />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sn-faint ld-sum">{t("sumsToZero")}</p>
    </div>
  );
}
