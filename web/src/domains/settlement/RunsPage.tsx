import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link, useNavigate } from "react-router";

import type { Answer } from "@/kit/api";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { Progress } from "@/kit/progress";
import { useRead, useSend } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time, useNow } from "@/kit/Time";

import { Recalculate } from "./Recalculate";
import { runTexts } from "./runTexts";

export type RunRow = Answer<"/api/settlement/runs">["items"][number];

const TONES = { running: "active", done: "good", cancelled: "neutral" } as const;
const STATUSES = ["running", "done", "cancelled"] as const;

export function RunMark({ run }: { run: RunRow }): ReactNode {
  const t = runTexts.use();
  const tone = run.parts_failed > 0 && run.status !== "running" ? "bad" : TONES[run.status];
  return (
    <Status tone={tone}>
      {t(`status_${run.status}`)}
      {run.parts_failed > 0 ? ` · ${t("failed")} ${run.parts_failed}` : ""}
    </Status>
  );
}

export function RunProgress({ run }: { run: RunRow }): ReactNode {
  const now = useNow();
  return (
    <Progress
      done={run.inputs_done}
      total={run.inputs}
      {...(run.status === "running" ? { startedAt: run.created_at, now } : {})}
    />
  );
}

export default function RunsPage(): ReactNode {
  const t = runTexts.use();
  const columns: ColumnSpec<RunRow>[] = [
    {
      key: "id",
      title: t("number"),
      fixed: true,
      sort: true,
      width: 90,
      render: (row) => <Link to={`/console/settlement/runs/${row.id}`}>#{row.id}</Link>,
    },
    {
      key: "kind",
      title: t("kind"),
      width: 150,
      render: (row) => `${t(`kind_${row.kind}`)}${row.period ? ` ${row.period}` : ""}`,
    },
    { key: "status", title: t("status"), width: 150, render: (row) => <RunMark run={row} /> },
    { key: "progress", title: t("progress"), width: 200, render: (row) => <RunProgress run={row} /> },
    { key: "lines", title: t("lines"), align: "right", width: 100 },
    {
      key: "amount",
      title: t("amount"),
      align: "right",
      width: 140,
      render: (row) => <Money amount={row.amount} />,
    },
    {
      key: "created_at",
      title: t("startedBy"),
      sort: true,
      width: 190,
      render: (row) => (
        <>
          {row.created_by_name} <Time at={row.created_at} show="absolute" />
        </>
      ),
    },
  ];
  return (
    <TablePage<RunRow>
      title={t("runs")}
      purpose={t("runsPurpose")}
      path="/api/settlement/runs"
      exportable={false}
      live={["settlement_run@*"]}
      columns={columns}
      filters={[
        {
          kind: "select",
          name: "status",
          label: t("status"),
          options: STATUSES.map((status) => ({ value: status, label: t(`status_${status}`) })),
        },
      ]}
      action={<Deeds />}
      empty={{ title: t("noRuns"), hint: t("noRunsHint") }}
    />
  );
}

function Deeds(): ReactNode {
  const t = runTexts.use();
  const may = useMay();
  const toast = useToast();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const [recalculating, setRecalculating] = useState(false);
  const waiting = useRead("/api/settlement/runs/waiting", { refetchInterval: 10_000 });
  const start = useSend("post", "/api/settlement/runs", {
    refresh: ["/api/settlement/runs"],
    onDone: (run) => {
      toast.done(t("started"));
      void navigate(`/console/settlement/runs/${run.id}`);
    },
  });
  if (!may("settlement.run")) return null;
  const inputs = waiting.data?.inputs ?? 0;
  const onStart = async () => {
    const content = t("startText", { inputs, parties: waiting.data?.parties ?? 0 });
    if (await confirm({ title: t("startTitle"), content, action: t("start") }))
      start.mutate({}, { onError: toast.failed });
  };
  return (
    <>
      <span className="sn-soft">{inputs > 0 ? t("waits", { inputs }) : t("nothingWaits")}</span>
      <Button onClick={() => setRecalculating(true)}>{t("recalculate")}</Button>
      <Button type="primary" disabled={inputs === 0} loading={start.isPending} onClick={() => void onStart()}>
        {t("start")}
      </Button>
      {recalculating ? <Recalculate onClose={() => setRecalculating(false)} /> : null}
    </>
  );
}
