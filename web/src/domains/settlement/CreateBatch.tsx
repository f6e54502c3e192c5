import { Button, Drawer, Input, Table } from "antd";
import { type Key, type ReactNode, useState } from "react";
import { useNavigate } from "react-router";

import type { Answer } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { formatMoney } from "@/kit/format";
import { Person } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { useIdempotencyKey, useRead, useSend } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";

import { sumOf } from "./sums";
import { texts } from "./texts";

type Row = Answer<"/api/settlement/withdrawables">[number];

/** Choose whom to pay; everybody is chosen to begin with. */
export function CreateBatch({ onClose }: { onClose: () => void }): ReactNode {
  const t = texts.use();
  const rows = useRead("/api/settlement/withdrawables");
  const [picked, setPicked] = useState<readonly Key[] | null>(null);
  const [note, setNote] = useState("");
  const { key } = useIdempotencyKey();
  const toast = useToast();
  const navigate = useNavigate();
  const create = useSend("post", "/api/settlement/payout-batches", {
    refresh: ["/api/settlement/payout-batches", "/api/settlement/withdrawables"],
    onDone: (batch) => {
      toast.done(t("created", { no: batch.no }));
      void navigate(`/console/settlement/payouts/${batch.id}`);
    },
  });
  const all = rows.data ?? [];
  const chosen = picked === null ? all : all.filter((row) => picked.includes(row.beneficiary_id));
  const send = () =>
    create.mutate(
      { body: { beneficiary_ids: chosen.map((row) => row.beneficiary_id), at_least: "0.01", note }, key },
      { onError: toast.failed },
    );
  return (
    <Drawer
      open
      size={640}
      title={t("createTitle")}
      onClose={onClose}
      footer={
        <Button type="primary" block disabled={chosen.length === 0} loading={create.isPending} onClick={send}>
          {t("createSubmit", {
            count: chosen.length,
            total: formatMoney(sumOf(chosen.map((row) => row.available))),
          })}
        </Button>
      }
    >
      <Loaded query={rows}>
        {(found) =>
          found.length === 0 ? (
            <Empty title={t("nobody")} hint={t("noBatchesHint")} />
          ) : (
            <div className="sn-stack">
              <Input
                value={note}
                maxLength={200}
                placeholder={t("note")}
                aria-label={t("note")}
                onChange={(event) => setNote(event.target.value)}
              />
              <Table<Row>
                size="small"
                rowKey="beneficiary_id"
                dataSource={found}
                pagination={false}
                rowSelection={{
                  selectedRowKeys: chosen.map((row) => row.beneficiary_id),
                  onChange: setPicked,
                  getCheckboxProps: (row) => ({ "aria-label": row.name }),
                }}
                columns={[
                  {
                    title: t("beneficiary"),
                    render: (_, row) => <Person name={row.name} note={row.unit_name} />,
                  },
                  {
                    title: t("withdrawable"),
                    align: "right",
                    render: (_, row) => <Money amount={row.withdrawable} />,
                  },
                  {
                    title: t("inDrafts"),
                    align: "right",
                    render: (_, row) => <Money amount={row.in_drafts} />,
                  },
                  {
                    title: t("available"),
                    align: "right",
                    render: (_, row) => <Money amount={row.available} />,
                  },
                ]}
              />
            </div>
          )
        }
      </Loaded>
    </Drawer>
  );
}
