import { Button } from "antd";
import { type ReactNode } from "react";

import { listed } from "@/kit/i18n";
import type { Answer } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status, type Tone } from "@/kit/marks";
import { useSend } from "@/kit/query";
import { Time } from "@/kit/Time";

import { texts } from "./texts";

type Row = Answer<"/api/channels/outbox">["items"][number];

const TONES: Readonly<Record<Row["status"], Tone>> = {
  queued: "active",
  sent: "good",
  partly: "warn",
  failed: "bad",
};

/** Messages on their way, delivered, or waiting for a person. */
export function Outbox(): ReactNode {
  const t = texts.use();
  const words = { queued: t("queued"), sent: t("sent"), partly: t("partly"), failed: t("failedState") };
  const results = {
    waiting: t("waiting"),
    accepted: t("accepted"),
    invalid: t("invalid"),
    unlicensed: t("unlicensed"),
  };
  const columns: ColumnSpec<Row>[] = [
    { key: "created_at", title: t("createdAt"), sort: true, render: (row) => <Time at={row.created_at} /> },
    { key: "title", title: t("messageTitle"), fixed: true, ellipsis: true },
    {
      key: "receivers",
      title: t("receivers"),
      render: (row) =>
        listed(row.deliveries.map((one) => `${one.staff_name || one.userid}（${results[one.result]}）`)),
    },
    {
      key: "status",
      title: t("status"),
      render: (row) => <Status tone={TONES[row.status]}>{words[row.status]}</Status>,
    },
    { key: "attempts", title: t("attempts"), align: "right" },
    { key: "problem", title: t("problem"), render: (row) => row.problem || "—" },
    { key: "retry", title: "", width: 100, render: (row) => <Retry row={row} /> },
  ];
  return (
    <TablePage<Row>
      embedded
      title={t("outbox")}
      path="/api/channels/outbox"
      exportable={false}
      columns={columns}
      filters={[
        {
          kind: "select",
          name: "status",
          label: t("status"),
          options: Object.entries(words).map(([value, label]) => ({ value, label })),
        },
      ]}
      empty={{ title: t("noOutbox"), hint: t("noOutboxHint") }}
    />
  );
}

function Retry({ row }: { row: Row }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const retry = useSend("post", "/api/channels/outbox/{message_id}/retry", {
    refresh: ["/api/channels/outbox"],
  });
  if (row.status !== "failed") return null;
  return (
    <Button
      size="small"
      loading={retry.isPending}
      onClick={() =>
        retry.mutate(
          { path: { message_id: row.id } },
          { onSuccess: () => toast.done(t("retried")), onError: toast.failed },
        )
      }
    >
      {t("retry")}
    </Button>
  );
}
