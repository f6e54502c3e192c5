import { Button } from "antd";
import { type ReactNode } from "react";

import type { Answer } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status, type Tone } from "@/kit/marks";
import { useSend } from "@/kit/query";
import { Time } from "@/kit/Time";

import { texts } from "./texts";

type Row = Answer<"/api/channels/inbox">["items"][number];

const TONES: Readonly<Record<Row["status"], Tone>> = {
  new: "active",
  done: "good",
  ignored: "neutral",
  failed: "bad",
};

/** Callbacks as they came, and what became of them. */
export function Inbox(): ReactNode {
  const t = texts.use();
  const words = { new: t("new"), done: t("done"), ignored: t("ignored"), failed: t("failedState") };
  const columns: ColumnSpec<Row>[] = [
    {
      key: "received_at",
      title: t("receivedAt"),
      sort: true,
      render: (row) => <Time at={row.received_at} />,
    },
    { key: "kind", title: t("kind"), fixed: true, render: (row) => <code>{row.kind}</code> },
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
      title={t("inbox")}
      path="/api/channels/inbox"
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
      empty={{ title: t("noInbox"), hint: t("noInboxHint") }}
    />
  );
}

function Retry({ row }: { row: Row }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const retry = useSend("post", "/api/channels/inbox/{inbox_id}/retry", { refresh: ["/api/channels/inbox"] });
  if (row.status !== "failed") return null;
  return (
    <Button
      size="small"
      loading={retry.isPending}
      onClick={() =>
        retry.mutate(
          { path: { inbox_id: row.id } },
          { onSuccess: () => toast.done(t("retried")), onError: toast.failed },
        )
      }
    >
      {t("retry")}
    </Button>
  );
}
