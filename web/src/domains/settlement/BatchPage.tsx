import { Button, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useParams } from "react-router";

import { useConfirm, useToast } from "@/kit/desk/feedback";
import { FigureCard, PageFrame } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import type { Answer } from "@/kit/api";
import { formatMoney } from "@/kit/format";
import { useLive } from "@/kit/live";
import { Person, Status } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { useRead, useRefresh, useSend } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { type BatchRow, BatchMark } from "./PayoutsPage";
import { RecordResult } from "./RecordResult";
import { texts } from "./texts";

export type PayoutRow = Answer<"/api/settlement/payouts">["items"][number];

const ALL = ["/api/settlement/payout-batches", "/api/settlement/payouts", "/api/settlement/withdrawables"];
const TONES = { draft: "warn", rejected: "bad", in_transit: "active", paid: "good", failed: "bad" } as const;

export default function BatchPage(): ReactNode {
  const batch_id = Number(useParams()["id"]);
  const batch = useRead("/api/settlement/payout-batches/{batch_id}", { path: { batch_id } });
  const refresh = useRefresh();
  useLive([`payout_batch:${batch_id}`], () => void refresh(...ALL));
  return <Loaded query={batch}>{(row) => <Batch batch={row} />}</Loaded>;
}

function Batch({ batch }: { batch: BatchRow }): ReactNode {
  const t = texts.use();
  return (
    <PageFrame
      title={batch.no}
      mark={<BatchMark status={batch.status} />}
      purpose={batch.note || t("payoutsPurpose")}
      back="/console/settlement/payouts"
      action={<Deeds batch={batch} />}
    >
      <div className="sn-figures">
        <FigureCard
          label={t("total")}
          value={<Money amount={batch.total} />}
          note={t("count", { count: batch.payouts })}
        />
        <FigureCard label={t("paidTotal")} value={<Money amount={batch.paid} />} />
        <FigureCard label={t("failedTotal")} value={<Money amount={batch.failed} />} />
        <FigureCard
          label={t("createdBy")}
          value={batch.created_by_name || "—"}
          note={<Time at={batch.created_at} show="absolute" />}
        />
        <FigureCard
          label={t("decidedBy")}
          value={batch.decided_by_name || "—"}
          note={batch.decided_at ? <Time at={batch.decided_at} show="absolute" /> : null}
        />
      </div>
      <Lines batch={batch} />
    </PageFrame>
  );
}

function Deeds({ batch }: { batch: BatchRow }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const confirm = useConfirm();
  const [rejecting, setRejecting] = useState(false);
  const path = { batch_id: batch.id };
  const approve = useSend("post", "/api/settlement/payout-batches/{batch_id}/approve", {
    refresh: ALL,
    onDone: () => toast.done(t("approved")),
  });
  const results = useSend("post", "/api/settlement/payout-batches/{batch_id}/results", {
    refresh: ALL,
    onDone: () => toast.done(t("recorded")),
  });
  const onApprove = async () => {
    const content = t("approveText", { count: batch.payouts, total: formatMoney(batch.total) });
    if (await confirm({ title: t("approveTitle", { no: batch.no }), content, action: t("approve") }))
      approve.mutate({ path }, { onError: toast.failed });
  };
  const onPaid = async () => {
    const content = t("recordAllText", { count: batch.open });
    if (await confirm({ title: t("recordAll"), content, action: t("recordAll") }))
      results.mutate(
        { path, body: { outcome: "paid", bank_reference: "", reason: "" } },
        { onError: toast.failed },
      );
  };
  if (batch.status === "draft" && may("settlement.payout_approve"))
    return (
      <>
        <Button danger onClick={() => setRejecting(true)}>
          {t("reject")}
        </Button>
        <Button type="primary" loading={approve.isPending} onClick={() => void onApprove()}>
          {t("approve")}
        </Button>
        {rejecting ? <Reject batch={batch} onClose={() => setRejecting(false)} /> : null}
      </>
    );
  if (batch.status !== "approved" || !may("settlement.payout_record")) return null;
  return (
    <>
      <Button href={`/api/settlement/payout-batches/${batch.id}/bank-file?format=xlsx`}>
        {t("bankFile")}
      </Button>
      <Button type="primary" loading={results.isPending} onClick={() => void onPaid()}>
        {t("recordAll")}
      </Button>
    </>
  );
}

function Reject({ batch, onClose }: { batch: BatchRow; onClose: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const reject = useSend("post", "/api/settlement/payout-batches/{batch_id}/reject", {
    refresh: ALL,
    onDone: () => {
      toast.done(t("rejected"));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("rejectTitle")}
      okText={t("reject")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: reject.isPending }}
      onCancel={onClose}
      onOk={() =>
        reject.mutate({ path: { batch_id: batch.id }, body: { reason } }, { onError: toast.failed })
      }
    >
      <Input
        value={reason}
        maxLength={200}
        aria-label={t("reason")}
        placeholder={t("reason")}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}

function Lines({ batch }: { batch: BatchRow }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [recording, setRecording] = useState<PayoutRow | null>(null);
  const columns: ColumnSpec<PayoutRow>[] = [
    { key: "bill_no", title: t("billNo"), fixed: true, width: 190 },
    {
      key: "beneficiary_name",
      title: t("beneficiary"),
      render: (row) => <Person name={row.beneficiary_name} note={row.unit_name} />,
    },
    {
      key: "amount",
      title: t("amount"),
      sort: true,
      align: "right",
      render: (row) => <Money amount={row.amount} />,
    },
    {
      key: "status",
      title: t("batchStatus"),
      render: (row) => (
        <>
          <Status tone={TONES[row.status]}>{t(`status_${row.status}`)}</Status>
          {row.reason ? <span className="sn-soft"> {row.reason}</span> : null}
        </>
      ),
    },
    { key: "attempts", title: t("attempts"), render: (row) => <Attempts row={row} /> },
    {
      key: "record",
      title: "",
      width: 110,
      render: (row) =>
        row.status === "in_transit" && may("settlement.payout_record") ? (
          <Button size="small" onClick={() => setRecording(row)}>
            {t("recordOne")}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <TablePage<PayoutRow>
        embedded
        title={t("payoutLines")}
        path="/api/settlement/payouts"
        query={{ batch_id: batch.id }}
        columns={columns}
      />
      {recording ? <RecordResult payout={recording} onClose={() => setRecording(null)} /> : null}
    </>
  );
}

function Attempts({ row }: { row: PayoutRow }): ReactNode {
  const t = texts.use();
  const last = row.attempts.at(-1);
  if (!last) return <span className="sn-faint">—</span>;
  return (
    <span>
      {row.attempts.map((attempt) => t(`outcome_${attempt.outcome as "sent"}`)).join(" → ")}
      <span className="sn-faint">
        {" "}
        {last.bank_reference} <Time at={last.at} show="absolute" />
      </span>
    </span>
  );
}
