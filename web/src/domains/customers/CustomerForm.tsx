import { Input, Select } from "antd";
import { type ReactNode } from "react";

import { type Answer, api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field } from "@/kit/desk/form";
import { useRead, useRefresh } from "@/kit/query";
import { useSession } from "@/kit/session";
import { useUnit } from "@/kit/unit";

import { STAGES, type Stage } from "./marks";
import { texts } from "./texts";

type Customer = Answer<"/api/customers/{customer_id}">;

interface Values {
  name: string;
  unit_id: number;
  phone?: string;
  city?: string;
  district?: string;
  address?: string;
  stage: Stage;
  tags?: string[];
  note?: string;
}

export function CustomerForm({
  open,
  onClose,
  customer,
  onCreated,
}: {
  open: boolean;
  onClose: () => void;
  customer?: Customer;
  onCreated?: (id: number) => void;
}): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const unit = useUnit();
  const { units, staff } = useSession();
  const tags = useRead("/api/customers/tags", { staleTime: 60_000, enabled: open });
  const save = async (values: Values, key: string) => {
    if (customer) {
      // the number on the form is masked; only what was typed anew is sent
      const phone = values.phone === customer.phone_masked ? undefined : values.phone;
      const body = { ...values, phone };
      await api.patch("/api/customers/{customer_id}", {
        path: { customer_id: customer.id },
        body: body as never,
        key,
      });
    } else {
      const created = await api.post("/api/customers", { body: values as never, key });
      onCreated?.(created.id);
    }
  };
  const initial: Partial<Values> = customer
    ? {
        name: customer.name,
        unit_id: customer.unit_id,
        phone: customer.phone_masked,
        city: customer.city,
        district: customer.district,
        address: customer.address,
        stage: customer.stage,
        tags: [...customer.tags],
        note: customer.note,
      }
    : { unit_id: unit.id ?? staff?.unit_id ?? units[0]?.id, stage: "lead" };
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={customer ? t("edit") : t("add")}
      initialValues={initial}
      onSubmit={save}
      onDone={() => void refresh("/api/customers")}
    >
      <div className="sn-columns">
        <Field name="name" label={t("name")} required>
          <Input maxLength={80} autoFocus />
        </Field>
        <Field name="phone" label={t("phone")} hint={t("phoneHint")}>
          <Input maxLength={30} inputMode="tel" autoComplete="off" />
        </Field>
      </div>
      <div className="sn-columns">
        <Field name="unit_id" label={t("store")} required>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={units.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Field>
        <Field name="stage" label={t("stage")} required>
          <Select options={STAGES.map((stage) => ({ value: stage, label: t(stage) }))} />
        </Field>
      </div>
      <div className="sn-columns">
        <Field name="city" label={t("city")}>
          <Input maxLength={40} />
        </Field>
        <Field name="district" label={t("district")}>
          <Input maxLength={40} />
        </Field>
      </div>
      <Field name="address" label={t("address")}>
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Field>
      <Field name="tags" label={t("tags")} hint={t("tagsHint")}>
        <Select
          mode="tags"
          tokenSeparators={[",", "，", "、"]}
          options={(tags.data ?? []).map((tag) => ({ value: tag, label: tag }))}
        />
      </Field>
      <Field name="note" label={t("note")}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
      </Field>
    </FormDrawer>
  );
}
