import { Button, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";

import type { Answer } from "@/kit/api";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { formatMoney } from "@/kit/format";
import { Status } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { useSend } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { runTexts } from "./runTexts";
import { sumOf } from "./sums";
import { say } from "./words";

type PeriodRow = Answer<"/api/settlement/periods">["items"][number];

const TONES = { open: "neutral", closing: "warn", closed: "good" } as const;
const STATUSES = ["open", "closing", "closed"] as const;
const LIST = ["/api/settlement/periods"];

/** The periods of every plan: asked to be closed by one, approved by another, locked for ever. */
export default function PeriodsPage(): ReactNode {
  const t = runTexts.use();
  const columns: ColumnSpec<PeriodRow>[] = [
    { key: "period", title: t("period"), fixed: true, width: 95 },
    { key: "plan", title: t("plan"), render: (row) => say(row.plan_name) },
    { key: "status", title: t("status"), width: 125, render: (row) => <Mark row={row} /> },
    { key: "beneficiaries", title: t("people"), align: "right", width: 75 },
    {
      key: "earned",
      title: t("earned"),
      align: "right",
      width: 130,
      render: (row) => <Money amount={row.earned} />,
    },
    {
      key: "adjusted",
      title: t("adjusted"),
      align: "right",
      width: 125,
      render: (row) => <Money amount={row.adjusted} />,
    },
    { key: "waiting", title: t("waiting"), align: "right", width: 75 },
    {
      key: "closed_at",
      title: t("closedBy"),
      width: 125,
      render: (row) =>
        row.closed_at ? (
          <>
            {row.closed_by_name} <Time at={row.closed_at} show="date" />
          </>
        ) : (
          "—"
        ),
    },
    { key: "deed", title: "", width: 175, render: (row) => <Deed row={row} /> },
  ];
  return (
    <TablePage<PeriodRow>
      title={t("periods")}
      purpose={t("periodsPurpose")}
      path="/api/settlement/periods"
      live={["settlement_period@*"]}
      rowKey={(row) => `${row.plan_id}-${row.period}`}
      columns={columns}
      filters={[
        {
          kind: "select",
          name: "status",
          label: t("status"),
          options: STATUSES.map((status) => ({ value: status, label: t(`period_${status}`) })),
        },
      ]}
      views={STATUSES.map((status) => ({ key: status, label: t(`period_${status}`), filters: { status } }))}
      empty={{ title: t("noPeriods"), hint: t("noPeriodsHint") }}
    />
  );
}

function Mark({ row }: { row: PeriodRow }): ReactNode {
  const t = runTexts.use();
  if (row.status === "open" && !row.over) return <Status tone="active">{t("period_running")}</Status>;
  return (
    <>
      <Status tone={TONES[row.status]}>{t(`period_${row.status}`)}</Status>
      {row.status === "closing" ? (
        <div className="sn-faint">{t("askedBy", { name: row.requested_by_name })}</div>
      ) : null}
      {row.status === "open" && row.reason ? <div className="sn-faint">{row.reason}</div> : null}
    </>
  );
}

function Deed({ row }: { row: PeriodRow }): ReactNode {
  const t = runTexts.use();
  const may = useMay();
  const toast = useToast();
  const confirm = useConfirm();
  const [rejecting, setRejecting] = useState(false);
  const ask = useSend("post", "/api/settlement/periods", {
    refresh: LIST,
    onDone: () => toast.done(t("asked")),
  });
  const approve = useSend("post", "/api/settlement/periods/{period_id}/approve", {
    refresh: LIST,
    onDone: () => toast.done(t("approved")),
  });
  const title = t("askCloseTitle", { plan: say(row.plan_name), period: row.period });
  const onAsk = async () => {
    const content = t("askCloseText", {
      earned: formatMoney(row.earned),
      adjusted: formatMoney(row.adjusted),
      people: row.beneficiaries,
    });
    if (await confirm({ title, content, action: t("askClose") }))
      ask.mutate({ body: { plan_id: row.plan_id, period: row.period } }, { onError: toast.failed });
  };
  const onApprove = async () => {
    const content = t("approveText", { total: formatMoney(sumOf([row.earned, row.adjusted])) });
    if (await confirm({ title, content, action: t("approve") }))
      approve.mutate({ path: { period_id: row.id ?? 0 } }, { onError: toast.failed });
  };
  if (row.status === "open" && row.over && may("settlement.period_close"))
    return (
      <Button size="small" loading={ask.isPending} onClick={() => void onAsk()}>
        {t("askClose")}
      </Button>
    );
  if (row.status !== "closing" || !may("settlement.period_lock")) return null;
  return (
    <>
      <Button size="small" type="primary" loading={approve.isPending} onClick={() => void onApprove()}>
        {t("approve")}
      </Button>{" "}
      <Button size="small" danger onClick={() => setRejecting(true)}>
        {t("reject")}
      </Button>
      {rejecting ? <Reject row={row} onClose={() => setRejecting(false)} /> : null}
    </>
  );
}

function Reject({ row, onClose }: { row: PeriodRow; onClose: () => void }): ReactNode {
  const t = runTexts.use();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const reject = useSend("post", "/api/settlement/periods/{period_id}/reject", {
    refresh: LIST,
    onDone: () => {
      toast.done(t("rejected"));
      onClose();
    },
  });
  const send = () =>
    reject.mutate({ path: { period_id: row.id ?? 0 }, body: { reason } }, { onError: toast.failed });
  return (
    <Modal
      open
      title={`${t("reject")} ${row.period}`}
      okText={t("reject")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: reject.isPending }}
      onCancel={onClose}
      onOk={send}
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
