import { Input, Select } from "antd";
import { type ReactNode } from "react";
import { useNavigate } from "react-router";

import { api } from "@/kit/api";
import { Field } from "@/kit/desk/form";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useRead, useRefresh } from "@/kit/query";

import { runTexts } from "./runTexts";
import { say } from "./words";

interface Values {
  plan_id: number;
  period: string;
}

/** Compute a plan's period again and post the differences. */
export function Recalculate({ onClose }: { onClose: () => void }): ReactNode {
  const t = runTexts.use();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const plans = useRead("/api/settlement/plans", { query: { limit: 200 } });
  return (
    <FormDrawer<Values>
      open
      onClose={onClose}
      title={t("recalculateTitle")}
      submitText={t("recalculate")}
      onSubmit={async (values, key) => {
        const run = await api.post("/api/settlement/recalculations", { body: values, key });
        void navigate(`/console/settlement/runs/${run.id}`);
      }}
      onDone={() => void refresh("/api/settlement/runs")}
    >
      <p className="sn-soft">{t("recalculateHint")}</p>
      <Field name="plan_id" label={t("plan")} required>
        <Select
          options={(plans.data?.items ?? []).map((plan) => ({ value: plan.id, label: say(plan.name) }))}
        />
      </Field>
      <Field name="period" label={t("period")} required>
        <Input maxLength={12} placeholder="2026-11" />
      </Field>
    </FormDrawer>
  );
}
