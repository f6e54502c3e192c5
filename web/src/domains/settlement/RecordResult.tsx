import { Input, Radio } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { Field } from "@/kit/desk/form";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useToast } from "@/kit/desk/feedback";
import { useRefresh } from "@/kit/query";

import type { PayoutRow } from "./BatchPage";
import { texts } from "./texts";

type Outcome = "paid" | "failed" | "unknown" | "asked";

interface Values {
  outcome: Outcome;
  bank_reference?: string;
  reason?: string;
}

const OUTCOMES: readonly Outcome[] = ["paid", "failed", "unknown", "asked"];

/** What the bank answered to one payout. */
export function RecordResult({ payout, onClose }: { payout: PayoutRow; onClose: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  return (
    <FormDrawer<Values>
      open
      onClose={onClose}
      title={`${t("recordOne")} ${payout.bill_no}`}
      submitText={t("recordOne")}
      initialValues={{ outcome: "paid" }}
      onSubmit={(values, key) =>
        api.post("/api/settlement/payouts/results", {
          body: { results: [{ payout_id: payout.id, bank_reference: "", reason: "", ...values }] },
          key,
        })
      }
      onDone={() => {
        toast.done(t("recorded"));
        void refresh("/api/settlement/payout-batches", "/api/settlement/payouts");
      }}
    >
      <Field name="outcome" label={t("outcome")} required hint={t("outcomeHint")}>
        <Radio.Group
          options={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome_${outcome}`) }))}
        />
      </Field>
      <Field name="bank_reference" label={t("bankReference")}>
        <Input maxLength={100} />
      </Field>
      <Field name="reason" label={t("reason")}>
        <Input maxLength={200} />
      </Field>
    </FormDrawer>
  );
}
