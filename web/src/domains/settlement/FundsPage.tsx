import { Button, Input, InputNumber, Table } from "antd";
import { type ReactNode, useState } from "react";

import { type Answer, api } from "@/kit/api";
import { Field } from "@/kit/desk/form";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { PageFrame, Section } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Money } from "@/kit/Money";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Empty, Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { runTexts } from "./runTexts";

type FundRow = Answer<"/api/settlement/funds">[number];
type Spending = Answer<"/api/settlement/funds/spendings">["items"][number];

/** Promotion funds: what each may spend, and what was spent. */
export default function FundsPage(): ReactNode {
  const t = runTexts.use();
  const funds = useRead("/api/settlement/funds");
  const spendings: ColumnSpec<Spending>[] = [
    {
      key: "at",
      title: t("at"),
      sort: true,
      width: 160,
      render: (row) => <Time at={row.at} show="absolute" />,
    },
    { key: "name", title: t("beneficiary") },
    { key: "what", title: t("what") },
    { key: "amount", title: t("amount"), align: "right", render: (row) => <Money amount={row.amount} /> },
    { key: "by_name", title: t("by"), width: 120 },
  ];
  return (
    <PageFrame title={t("funds")} purpose={t("fundsPurpose")}>
      <Section>
        <Loaded query={funds}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t("noFunds")} hint={t("noFundsHint")} />
            ) : (
              <Balances rows={rows} />
            )
          }
        </Loaded>
      </Section>
      <TablePage<Spending>
        embedded
        title={t("spendings")}
        path="/api/settlement/funds/spendings"
        exportable={false}
        columns={spendings}
      />
    </PageFrame>
  );
}

function Balances({ rows }: { rows: readonly FundRow[] }): ReactNode {
  const t = runTexts.use();
  const may = useMay();
  const [spending, setSpending] = useState<FundRow | null>(null);
  const money = (key: "balance" | "pending" | "spent") => ({
    key,
    title: t(key),
    align: "right" as const,
    render: (_: unknown, row: FundRow) => <Money amount={row[key]} />,
  });
  return (
    <>
      <Table<FundRow>
        dataSource={[...rows]}
        rowKey={(row) => `${row.owner_kind}-${row.owner_id}`}
        pagination={false}
        size="small"
        columns={[
          { key: "name", title: t("beneficiary"), dataIndex: "name" },
          money("balance"),
          money("pending"),
          money("spent"),
          {
            key: "deed",
            width: 150,
            render: (_, row) =>
              may("settlement.fund_spend") && Number(row.balance) > 0 ? (
                <Button size="small" onClick={() => setSpending(row)}>
                  {t("spend")}
                </Button>
              ) : null,
          },
        ]}
      />
      {spending ? <Spend fund={spending} onClose={() => setSpending(null)} /> : null}
    </>
  );
}

interface Values {
  amount: string;
  what: string;
}

function Spend({ fund, onClose }: { fund: FundRow; onClose: () => void }): ReactNode {
  const t = runTexts.use();
  const refresh = useRefresh();
  return (
    <FormDrawer<Values>
      open
      onClose={onClose}
      title={t("spendTitle", { name: fund.name })}
      submitText={t("spend")}
      onSubmit={(values, key) =>
        api.post("/api/settlement/funds/spendings", {
          body: { owner_kind: fund.owner_kind, owner_id: fund.owner_id, ...values },
          key,
        })
      }
      onDone={() => void refresh("/api/settlement/funds")}
    >
      <Field name="amount" label={t("spendAmount")} required>
        <InputNumber<string>
          stringMode
          min="0.01"
          max={fund.balance}
          precision={2}
          style={{ width: "100%" }}
        />
      </Field>
      <Field name="what" label={t("what")} required>
        <Input maxLength={200} />
      </Field>
    </FormDrawer>
  );
}
