import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { type Answer, api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Facts, FigureCard, PageFrame, Section } from "@/kit/desk/PageFrame";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { formatNumber } from "@/kit/format";
import { pick } from "@/kit/i18n";
import { Status, type Tone } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Duration, Time } from "@/kit/Time";

import { texts } from "./texts";

type Parked = Answer<"/api/hub/parked">["items"][number];
type State = Answer<"/api/hub/state">;

const STATES = ["stuck", "retrying", "waiting", "resolved"] as const;
const TONES: Record<Parked["state"], Tone> = {
  stuck: "bad",
  retrying: "active",
  waiting: "warn",
  resolved: "neutral",
};

const eventName = (row: Parked): string =>
  row.event_text ? pick([row.event_text.zh, row.event_text.en]) : row.event_name;

export default function HubPage(): ReactNode {
  const t = texts.use();
  const state = useRead("/api/hub/state", { refetchInterval: 5_000 });
  const columns: ColumnSpec<Parked>[] = [
    { key: "event", title: t("event"), fixed: true, render: eventName },
    { key: "subscriber", title: t("subscriber") },
    { key: "subject", title: t("subject"), render: (row) => <Subject row={row} /> },
    {
      key: "state",
      title: t("state"),
      render: (row) => <Status tone={TONES[row.state]}>{t(`state_${row.state}`)}</Status>,
    },
    { key: "attempts", title: t("attempts"), align: "right", sort: true },
    { key: "parked_at", title: t("parkedAt"), sort: true, render: (row) => <Time at={row.parked_at} /> },
    { key: "error", title: t("error"), ellipsis: true, width: 260, render: (row) => row.error || "—" },
  ];
  return (
    <PageFrame title={t("title")} purpose={t("purpose")}>
      <Loaded query={state} rows={3}>
        {(data) => <Overview state={data} />}
      </Loaded>
      <div style={{ height: 16 }} />
      <TablePage<Parked>
        embedded
        title={t("parkedEvents")}
        path="/api/hub/parked"
        columns={columns}
        views={STATES.map((one) => ({ key: one, label: t(`state_${one}`), filters: { state: one } }))}
        detail={(_id, close, row) => (row ? <Detail row={row} close={close} /> : null)}
        detailTitle={(_, row) => (row ? eventName(row) : null)}
        empty={{ title: t("empty"), hint: t("emptyHint") }}
      />
    </PageFrame>
  );
}

function Subject({ row }: { row: Parked }): ReactNode {
  return row.subject_link ? (
    <Link to={row.subject_link}>{row.subject_title}</Link>
  ) : (
    row.subject_title || `${row.subject.kind} #${row.subject.id}`
  );
}

function Overview({ state }: { state: State }): ReactNode {
  const t = texts.use();
  const sum = (name: "parked" | "stuck") => state.subscribers.reduce((total, one) => total + one[name], 0);
  return (
    <>
      <div className="sn-figures">
        <FigureCard label={t("pending")} value={formatNumber(state.pending)} />
        <FigureCard label={t("pendingAge")} value={<Duration seconds={state.pending_seconds} />} />
        <FigureCard label={t("parked")} value={formatNumber(sum("parked"))} />
        <FigureCard label={t("stuck")} value={formatNumber(sum("stuck"))} />
      </div>
      <Section title={t("subscribers")} flush>
        <table className="sn-plain-table">
          <thead>
            <tr>
              <th>{t("subscriber")}</th>
              <th>{t("behind")}</th>
              <th>{t("behindFor")}</th>
              <th>{t("moved")}</th>
              <th>{t("parked")}</th>
              <th>{t("stuck")}</th>
            </tr>
          </thead>
          <tbody>
            {state.subscribers.map((one) => (
              <tr key={one.name}>
                <td>{one.name}</td>
                <td className="sn-number">{formatNumber(one.behind)}</td>
                <td>{one.behind > 0 ? <Duration seconds={one.behind_seconds} /> : "—"}</td>
                <td>
                  <Time at={one.moved_at} />
                </td>
                <td className="sn-number">{formatNumber(one.parked)}</td>
                <td>{one.stuck > 0 ? <Status tone="bad">{formatNumber(one.stuck)}</Status> : "0"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </>
  );
}

function Detail({ row, close }: { row: Parked; close: () => void }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const refresh = useRefresh();
  const [skipping, setSkipping] = useState(false);
  const path = { parked_id: row.id };
  const done = async (text: string) => {
    await refresh("/api/hub");
    toast.done(text);
    close();
  };
  return (
    <div className="sn-stack">
      <Facts
        items={[
          { label: t("subscriber"), value: row.subscriber },
          { label: t("subject"), value: <Subject row={row} /> },
          { label: t("state"), value: <Status tone={TONES[row.state]}>{t(`state_${row.state}`)}</Status> },
          { label: t("eventAt"), value: <Time at={row.event_at} show="absolute" /> },
          { label: t("parkedAt"), value: <Time at={row.parked_at} show="absolute" /> },
          row.next_try_at !== null && { label: t("nextTry"), value: <Time at={row.next_try_at} /> },
          row.decided_by !== "" && { label: t("decidedBy"), value: row.decided_by },
          row.reason !== "" && { label: t("reason"), value: row.reason },
        ]}
      />
      {row.error ? <pre className="sn-trace">{row.error}</pre> : null}
      {may("hub.operate") && (row.state === "stuck" || row.state === "retrying") ? (
        <div>
          <Button
            type="primary"
            onClick={() =>
              void api
                .post("/api/hub/parked/{parked_id}/retry", { path })
                .then(() => done(t("retried")), toast.failed)
            }
          >
            {t("retry")}
          </Button>{" "}
          <Button danger onClick={() => setSkipping(true)}>
            {t("skip")}
          </Button>
        </div>
      ) : null}
      <FormDrawer<{ reason: string }>
        open={skipping}
        onClose={() => setSkipping(false)}
        title={t("skipTitle")}
        submitText={t("skip")}
        onSubmit={(body, key) => api.post("/api/hub/parked/{parked_id}/skip", { path, body, key })}
        onDone={() => void done(t("skipped"))}
      >
        <p className="sn-soft">{t("skipHint", { count: row.waits })}</p>
        <Field name="reason" label={t("reason")} required>
          <Input.TextArea rows={3} maxLength={500} autoFocus />
        </Field>
      </FormDrawer>
    </div>
  );
}
