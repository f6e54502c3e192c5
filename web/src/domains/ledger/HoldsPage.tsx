import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";

import { type Answer, api } from "@/kit/api";
import { Field } from "@/kit/desk/form";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Time } from "@/kit/Time";

import { texts } from "./texts";

type HoldRow = Answer<"/api/ledger/holds">["items"][number];

/** Money set aside from wallets, and giving it free again. */
export default function HoldsPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [releasing, setReleasing] = useState<HoldRow | null>(null);
  const columns: ColumnSpec<HoldRow>[] = [
    {
      key: "placed_at",
      title: t("at"),
      sort: true,
      fixed: true,
      width: 160,
      render: (row) => <Time at={row.placed_at} show="absolute" />,
    },
    {
      key: "owner_title",
      title: t("owner"),
      render: (row) => row.owner_title || `${row.owner_kind} ${row.owner_id}`,
    },
    {
      key: "amount",
      title: t("amount"),
      align: "right",
      sort: true,
      render: (row) => <Money amount={row.amount} />,
    },
    { key: "reason", title: t("reason"), ellipsis: true },
    { key: "placed_by_name", title: t("placedBy"), width: 110 },
    {
      key: "ended_at",
      title: t("holdStatus"),
      width: 190,
      render: (row) =>
        row.ended_at ? (
          <>
            <Status tone="neutral">{t("released")}</Status>
            <div className="sn-faint">
              {row.ended_by_name} {row.ended_reason}
            </div>
          </>
        ) : (
          <Status tone="warn">{t("standing")}</Status>
        ),
    },
    {
      key: "deed",
      title: "",
      width: 110,
      render: (row) =>
        row.ended_at || !may("ledger.hold") ? null : (
          <Button size="small" onClick={() => setReleasing(row)}>
            {t("release")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <TablePage<HoldRow>
        title={t("holds")}
        purpose={t("holdsPurpose")}
        path="/api/ledger/holds"
        exportable={false}
        columns={columns}
        views={[{ key: "standing", label: t("standing"), filters: { standing: "true" } }]}
        empty={{ title: t("noHolds"), hint: t("noHoldsHint") }}
      />
      {releasing ? <Release hold={releasing} onClose={() => setReleasing(null)} /> : null}
    </>
  );
}

function Release({ hold, onClose }: { hold: HoldRow; onClose: () => void }): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  return (
    <FormDrawer<{ reason: string }>
      open
      onClose={onClose}
      title={`${t("release")} ${hold.owner_title} ¥${hold.amount}`}
      submitText={t("release")}
      onSubmit={(body, key) =>
        api.post("/api/ledger/holds/{hold_id}/release", { path: { hold_id: hold.id }, body, key })
      }
      onDone={() => void refresh("/api/ledger/holds")}
    >
      <Field name="reason" label={t("reason")} required>
        <Input maxLength={200} />
      </Field>
    </FormDrawer>
  );
}
