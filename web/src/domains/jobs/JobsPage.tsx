import { Button } from "antd";
import { type ReactNode } from "react";

import { type Answer, api } from "@/kit/api";
import { Facts, FigureCard, PageFrame, Section } from "@/kit/desk/PageFrame";
import { useToast } from "@/kit/desk/feedback";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { formatNumber } from "@/kit/format";
import { Status, type Tone } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Duration, Time } from "@/kit/Time";

import { texts } from "./texts";

type Job = Answer<"/api/jobs">["items"][number];
type State = Answer<"/api/jobs/state">;

const STATUSES = ["todo", "doing", "succeeded", "failed", "cancelled", "aborting", "aborted"] as const;
type JobStatus = (typeof STATUSES)[number];
const isStatus = (text: string): text is JobStatus => STATUSES.some((one) => one === text);
const TONES: Partial<Record<JobStatus, Tone>> = { doing: "active", succeeded: "good", failed: "bad" };

function JobState({ status }: { status: string }): ReactNode {
  const t = texts.use();
  return isStatus(status) ? <Status tone={TONES[status]}>{t(`status_${status}`)}</Status> : status;
}

export default function JobsPage(): ReactNode {
  const t = texts.use();
  const state = useRead("/api/jobs/state", { refetchInterval: 5_000 });
  const columns: ColumnSpec<Job>[] = [
    { key: "id", title: t("number"), sort: true, width: 90 },
    { key: "task", title: t("task"), fixed: true },
    { key: "status", title: t("status"), render: (row) => <JobState status={row.status} /> },
    { key: "attempts", title: t("attempts"), align: "right" },
    { key: "enqueued_at", title: t("enqueued"), render: (row) => <Time at={row.enqueued_at} /> },
    { key: "ended_at", title: t("ended"), render: (row) => <Time at={row.ended_at} /> },
    { key: "error", title: t("error"), ellipsis: true, width: 280, render: (row) => row.error || "—" },
  ];
  return (
    <PageFrame title={t("title")} purpose={t("purpose")}>
      <Loaded query={state} rows={3}>
        {(data) => (
          <>
            <div className="sn-figures">
              {(["todo", "doing", "failed", "succeeded"] as const).map((status) => (
                <FigureCard
                  key={status}
                  label={t(`status_${status}`)}
                  value={formatNumber(data.counts[status] ?? 0)}
                />
              ))}
            </div>
          </>
        )}
      </Loaded>
      <TablePage<Job>
        embedded
        title={t("title")}
        path="/api/jobs"
        columns={columns}
        filters={[{ kind: "search", name: "task", label: t("task") }]}
        views={STATUSES.slice(0, 5).map((status) => ({
          key: status,
          label: t(`status_${status}`),
          filters: { status },
        }))}
        detail={(_id, close, row) => (row ? <Detail job={row} close={close} /> : null)}
        detailTitle={(id, row) => `${row?.task ?? ""} #${id}`}
        empty={{ title: t("empty"), hint: t("emptyHint") }}
      />
      {state.data ? (
        <div style={{ marginTop: 16 }}>
          <Loops loops={state.data.loops} />
        </div>
      ) : null}
    </PageFrame>
  );
}

function Loops({ loops }: { loops: State["loops"] }): ReactNode {
  const t = texts.use();
  if (loops.length === 0) return null;
  return (
    <Section title={t("loops")} flush>
      <table className="sn-plain-table">
        <thead>
          <tr>
            <th>{t("loop")}</th>
            <th>{t("every")}</th>
            <th>{t("lastRun")}</th>
            <th>{t("rows")}</th>
            <th>{t("status")}</th>
          </tr>
        </thead>
        <tbody>
          {loops.map((loop) => (
            <tr key={loop.name}>
              <td title={loop.name}>{loop.title}</td>
              <td>
                <Duration seconds={loop.every_seconds} />
              </td>
              <td>
                <Time at={loop.run_at} />
              </td>
              <td className="sn-number">{formatNumber(loop.rows)}</td>
              <td title={loop.error || undefined}>
                <Status tone={loop.error ? "bad" : loop.late ? "warn" : "good"}>
                  {loop.error ? t("status_failed") : loop.late ? t("late") : t("onTime")}
                </Status>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Detail({ job, close }: { job: Job; close: () => void }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const refresh = useRefresh();
  const path = { job_id: job.id };
  const done = (text: string) => async () => {
    await refresh("/api/jobs");
    toast.done(text);
    close();
  };
  return (
    <div className="sn-stack">
      <Facts
        items={[
          { label: t("status"), value: <JobState status={job.status} /> },
          { label: t("attempts"), value: job.attempts },
          { label: t("enqueued"), value: <Time at={job.enqueued_at} show="absolute" /> },
          { label: t("started"), value: <Time at={job.started_at} show="absolute" /> },
          { label: t("ended"), value: <Time at={job.ended_at} show="absolute" /> },
          { label: t("arguments"), value: <code>{JSON.stringify(job.arguments)}</code> },
        ]}
      />
      {job.error ? <pre className="sn-trace">{job.error}</pre> : null}
      {may("jobs.operate") ? (
        <div>
          {job.status === "failed" || job.status === "cancelled" ? (
            <Button
              type="primary"
              onClick={() =>
                void api.post("/api/jobs/{job_id}/retry", { path }).then(done(t("retried")), toast.failed)
              }
            >
              {t("retry")}
            </Button>
          ) : null}
          {job.status === "todo" ? (
            <Button
              danger
              onClick={() =>
                void api
                  .post("/api/jobs/{job_id}/cancel", { path })
                  .then(done(t("cancelled_done")), toast.failed)
              }
            >
              {t("cancel")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
