import { Button, Input, InputNumber } from "antd";
import { type ReactNode, useState } from "react";

import { type Answer, api } from "@/kit/api";
import { Field } from "@/kit/desk/form";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useToast } from "@/kit/desk/feedback";
import { useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";

import { texts } from "./texts";

type Account = Answer<"/api/ledger/accounts/{account_id}">;

/** A button on a wallet of withdrawable money: set some of it aside. */
export function PlaceHold({ account }: { account: Account }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const refresh = useRefresh();
  const [open, setOpen] = useState(false);
  if (account.purpose !== "withdrawable" || Number(account.balance) <= 0 || !may("ledger.hold")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("placeHold")}</Button>
      <FormDrawer<{ amount: string; reason: string }>
        open={open}
        onClose={() => setOpen(false)}
        title={`${t("placeHold")} · ${account.owner_title}`}
        submitText={t("placeHold")}
        onSubmit={(values, key) =>
          api.post("/api/ledger/holds", {
            body: { owner_kind: account.owner_kind, owner_id: account.owner_id, ...values },
            key,
          })
        }
        onDone={() => {
          toast.done(t("placed"));
          void refresh("/api/ledger/accounts", "/api/ledger/holds", "/api/ledger/transactions");
        }}
      >
        <Field name="amount" label={t("amount")} required>
          <InputNumber<string>
            stringMode
            min="0.01"
            max={account.balance}
            precision={2}
            style={{ width: "100%" }}
          />
        </Field>
        <Field name="reason" label={t("reason")} required>
          <Input maxLength={200} />
        </Field>
      </FormDrawer>
    </>
  );
}
