import { Button } from "antd";
import { type ReactNode } from "react";
import { useParams } from "react-router";

import type { Answer } from "@/kit/api";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { FigureCard, PageFrame, Section } from "@/kit/desk/PageFrame";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { useLive } from "@/kit/live";
import { Status } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { useRead, useRefresh, useSend } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { type RunRow, RunMark, RunProgress } from "./RunsPage";
import { runTexts } from "./runTexts";
import { say } from "./words";

type PartRow = Answer<"/api/settlement/runs/{run_id}/parts">["items"][number];

const TONES = { waiting: "neutral", done: "good", failed: "bad", cancelled: "neutral" } as const;
const STATUSES = ["failed", "waiting", "done", "cancelled"] as const;

export default function RunPage(): ReactNode {
  const run_id = Number(useParams()["id"]);
  const refresh = useRefresh();
  const run = useRead("/api/settlement/runs/{run_id}", {
    path: { run_id },
    refetchInterval: (query) => (query.state.data?.status === "running" ? 1000 : false),
  });
  useLive([`settlement_run:${run_id}`], () => void refresh("/api/settlement/runs"));
  return <Loaded query={run}>{(row) => <Shown run={row} />}</Loaded>;
}

function Shown({ run }: { run: RunRow }): ReactNode {
  const t = runTexts.use();
  return (
    <PageFrame
      title={`${t("run", { id: run.id })} · ${t(`kind_${run.kind}`)}`}
      mark={<RunMark run={run} />}
      purpose={run.plan_name ? `${say(run.plan_name)} ${run.period}` : t("runsPurpose")}
      back="/console/settlement/runs"
      action={<Deeds run={run} />}
    >
      <div className="sn-figures">
        <FigureCard label={t("amount")} value={<Money amount={run.amount} />} />
        <FigureCard label={t("lines")} value={run.lines.toLocaleString()} />
        <FigureCard label={t("transactions")} value={run.transactions.toLocaleString()} />
        <FigureCard label={t("failed")} value={run.parts_failed} />
        <FigureCard
          label={t("startedBy")}
          value={run.created_by_name || "—"}
          note={<Time at={run.created_at} show="absolute" />}
        />
        <FigureCard
          label={t("finishedAt")}
          value={run.finished_at ? <Time at={run.finished_at} show="absolute" /> : "—"}
        />
      </div>
      <Section>
        <RunProgress run={run} />
      </Section>
      <Parts run={run} />
    </PageFrame>
  );
}

function Deeds({ run }: { run: RunRow }): ReactNode {
  const t = runTexts.use();
  const may = useMay();
  const toast = useToast();
  const confirm = useConfirm();
  const path = { run_id: run.id };
  const cancel = useSend("post", "/api/settlement/runs/{run_id}/cancel", {
    refresh: ["/api/settlement/runs"],
    onDone: () => toast.done(t("cancelled")),
  });
  const retry = useSend("post", "/api/settlement/runs/{run_id}/retry", {
    refresh: ["/api/settlement/runs"],
    onDone: (done) => toast.done(t("retried", { count: done.parts })),
  });
  if (!may("settlement.run")) return null;
  const onCancel = async () => {
    const content = t("cancelText", { done: run.parts_done, left: run.parts - run.parts_done });
    if (await confirm({ title: t("cancel"), content, action: t("cancel") }))
      cancel.mutate({ path }, { onError: toast.failed });
  };
  return (
    <>
      {run.parts_failed > 0 && run.status !== "cancelled" ? (
        <Button
          type="primary"
          loading={retry.isPending}
          onClick={() => retry.mutate({ path }, { onError: toast.failed })}
        >
          {t("retry")}
        </Button>
      ) : null}
      {run.status === "running" ? (
        <Button danger loading={cancel.isPending} onClick={() => void onCancel()}>
          {t("cancel")}
        </Button>
      ) : null}
    </>
  );
}

function Parts({ run }: { run: RunRow }): ReactNode {
  const t = runTexts.use();
  const columns: ColumnSpec<PartRow>[] = [
    { key: "party_name", title: t("beneficiary"), fixed: true },
    {
      key: "status",
      title: t("status"),
      render: (row) => (
        <>
          <Status tone={TONES[row.status]}>{t(`part_${row.status}`)}</Status>
          {row.status === "failed" ? <span className="sn-soft"> {say(row.error)}</span> : null}
        </>
      ),
    },
    { key: "inputs", title: t("inputs"), align: "right", width: 100, sort: true },
    { key: "lines", title: t("lines"), align: "right", width: 100 },
    {
      key: "amount",
      title: t("amount"),
      align: "right",
      width: 140,
      sort: true,
      render: (row) => <Money amount={row.amount} />,
    },
  ];
  return (
    <TablePage<PartRow>
      embedded
      title={t("parts")}
      path={`/api/settlement/runs/${run.id}/parts`}
      live={[`settlement_run:${run.id}`]}
      columns={columns}
      views={STATUSES.map((status) => ({ key: status, label: t(`part_${status}`), filters: { status } }))}
    />
  );
}
