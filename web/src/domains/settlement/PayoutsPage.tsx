import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { CreateBatch } from "./CreateBatch";
import { texts } from "./texts";

export type BatchRow = Answer<"/api/settlement/payout-batches">["items"][number];

const TONES = { draft: "warn", approved: "active", rejected: "bad", finished: "good" } as const;
const STATUSES = ["draft", "approved", "finished", "rejected"] as const;

export function BatchMark({ status }: { status: BatchRow["status"] }): ReactNode {
  const t = texts.use();
  return <Status tone={TONES[status]}>{t(`status_${status}`)}</Status>;
}

export default function PayoutsPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const columns: ColumnSpec<BatchRow>[] = [
    {
      key: "no",
      title: t("batchNo"),
      fixed: true,
      sort: true,
      render: (row) => <Link to={`/console/settlement/payouts/${row.id}`}>{row.no}</Link>,
    },
    {
      key: "status",
      title: t("batchStatus"),
      width: 110,
      render: (row) => <BatchMark status={row.status} />,
    },
    { key: "payouts", title: t("people"), align: "right", width: 80 },
    {
      key: "total",
      title: t("total"),
      align: "right",
      width: 130,
      render: (row) => <Money amount={row.total} />,
    },
    {
      key: "paid",
      title: t("paidTotal"),
      align: "right",
      width: 130,
      render: (row) => <Money amount={row.paid} />,
    },
    {
      key: "failed",
      title: t("failedTotal"),
      align: "right",
      width: 120,
      render: (row) => <Money amount={row.failed} />,
    },
    {
      key: "created_at",
      title: t("createdBy"),
      sort: true,
      width: 190,
      render: (row) => (
        <>
          {row.created_by_name} <Time at={row.created_at} show="date" />
        </>
      ),
    },
    { key: "note", title: t("note"), ellipsis: true, hidden: true },
  ];
  return (
    <>
      <TablePage<BatchRow>
        title={t("payouts")}
        purpose={t("payoutsPurpose")}
        path="/api/settlement/payout-batches"
        exportable={false}
        columns={columns}
        filters={[
          { kind: "search", name: "q", label: t("batchNo") },
          {
            kind: "select",
            name: "status",
            label: t("batchStatus"),
            options: STATUSES.map((status) => ({ value: status, label: t(`status_${status}`) })),
          },
        ]}
        views={STATUSES.slice(0, 3).map((status) => ({
          key: status,
          label: t(`status_${status}`),
          filters: { status },
        }))}
        action={
          may("settlement.payout_create") ? (
            <Button type="primary" onClick={() => setCreating(true)}>
              {t("create")}
            </Button>
          ) : null
        }
        empty={{ title: t("noBatches"), hint: t("noBatchesHint") }}
      />
      {creating ? <CreateBatch onClose={() => setCreating(false)} /> : null}
    </>
  );
}
