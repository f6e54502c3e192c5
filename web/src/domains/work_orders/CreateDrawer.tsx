import { Input, InputNumber, Select } from "antd";
import { type ReactNode } from "react";
import { useNavigate } from "react-router";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { PickRemote } from "@/kit/desk/PickRemote";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { useRead, useRefresh } from "@/kit/query";
import { useSession } from "@/kit/session";
import { useUnit } from "@/kit/unit";

import { texts } from "./texts";
import { say } from "./words";

interface Values {
  kind_key: string;
  title: string;
  unit_id: number;
  customer_id?: number;
  priority: "normal" | "high" | "urgent";
  contact_name?: string;
  phone?: string;
  city?: string;
  address?: string;
  floor?: number | null;
}

interface CustomerChoice {
  id: number;
  name: string;
  phone_masked: string;
}

/** Making an order at a desk; the side bar makes the same one with the chat filled in. */
export function CreateDrawer({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const session = useSession();
  const chosen = useUnit();
  const kinds = useRead("/api/work-order-kinds", { enabled: open });
  const unitId = chosen.id ?? session.staff?.unit_id;
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={t("createTitle")}
      submitText={t("create")}
      initialValues={{ priority: "normal", ...(unitId === undefined ? {} : { unit_id: unitId }) }}
      onSubmit={async (values, key) => {
        const made = await api.post("/api/work-orders", {
          body: {
            ...values,
            source: "console",
            contact_name: values.contact_name ?? "",
            phone: values.phone ?? "",
            city: values.city ?? "",
            address: values.address ?? "",
          },
          key,
        });
        toast.done(t("created", { no: made.no }));
        void navigate(`/console/work-orders/${made.id}`);
      }}
      onDone={() => void refresh("/api/work-orders")}
    >
      <Field name="kind_key" label={t("kind")} required>
        <Select
          options={(kinds.data?.items ?? []).map((kind) => ({ value: kind.key, label: say(kind.name) }))}
        />
      </Field>
      <Field name="title" label={t("need")} required hint={t("needHint")}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
      <Field name="customer_id" label={t("customer")}>
        <PickRemote<CustomerChoice>
          path="/api/customers"
          searchAs="text"
          placeholder={t("pickCustomer")}
          label={(row) => `${row.name} ${row.phone_masked}`}
        />
      </Field>
      <div className="sn-columns">
        <Field name="unit_id" label={t("store")} required>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={session.units.map((unit) => ({ value: unit.id, label: unit.name }))}
          />
        </Field>
        <Field name="priority" label={t("priority")}>
          <Select
            options={(["normal", "high", "urgent"] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Field>
      </div>
      <p className="sn-faint">{t("contactHint")}</p>
      <div className="sn-columns">
        <Field name="contact_name" label={t("contact")}>
          <Input maxLength={80} />
        </Field>
        <Field name="phone" label={t("phone")}>
          <Input maxLength={30} inputMode="tel" />
        </Field>
      </div>
      <div className="sn-columns">
        <Field name="city" label={t("city")}>
          <Input maxLength={40} />
        </Field>
        <Field name="floor" label={t("floor")}>
          <InputNumber min={-5} max={200} />
        </Field>
      </div>
      <Field name="address" label={t("address")}>
        <Input maxLength={200} />
      </Field>
    </FormDrawer>
  );
}
