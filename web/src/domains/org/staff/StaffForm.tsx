import { Input, Select } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";
import { useUnit } from "@/kit/unit";

import { texts } from "../texts";
import type { StaffDetail } from "../types";
import { UnitPick } from "../units/UnitPick";

interface Values {
  name: string;
  unit_id: number;
  number?: string;
  phone?: string;
  city?: string;
  skills?: string[];
  wecom_userid?: string;
  username?: string;
}

export interface StaffFormProps {
  open: boolean;
  onClose: () => void;
  staff?: StaffDetail;
  onCreated?: (id: number) => void;
}

export function StaffForm({ open, onClose, staff, onCreated }: StaffFormProps): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const unit = useUnit();
  const save = async (values: Values, key: string) => {
    if (staff) {
      // the number on the form is masked; only what was typed anew is sent
      const body = { ...values, phone: values.phone === staff.phone_masked ? undefined : values.phone };
      await api.patch("/api/org/staff/{staff_id}", { path: { staff_id: staff.id }, body, key });
    } else {
      const created = await api.post("/api/org/staff", { body: values as never, key });
      onCreated?.(created.id);
    }
  };
  const initial: Partial<Values> = staff
    ? {
        name: staff.name,
        unit_id: staff.unit_id,
        number: staff.number ?? "",
        phone: staff.phone_masked,
        city: staff.city,
        skills: [...staff.skills],
        wecom_userid: staff.wecom_userid ?? "",
      }
    : { unit_id: unit.id ?? undefined };
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={staff ? t("editStaff") : t("addStaff")}
      initialValues={initial}
      onSubmit={save}
      onDone={() => void refresh("/api/org/staff", "/api/org/units")}
    >
      <div className="sn-columns">
        <Field name="name" label={t("name")} required>
          <Input maxLength={60} autoFocus />
        </Field>
        <Field name="number" label={t("number")}>
          <Input maxLength={32} />
        </Field>
      </div>
      <Field name="unit_id" label={t("unit")} required>
        <UnitPick />
      </Field>
      <div className="sn-columns">
        <Field name="phone" label={t("phone")}>
          <Input maxLength={30} inputMode="tel" autoComplete="off" />
        </Field>
        <Field name="city" label={t("city")}>
          <Input maxLength={40} />
        </Field>
      </div>
      <Field name="skills" label={t("skills")} hint={t("skillsHint")}>
        <Select mode="tags" tokenSeparators={[",", "，", "、"]} open={false} suffixIcon={null} />
      </Field>
      <Field name="wecom_userid" label={t("wecom")} hint={t("wecomHint")}>
        <Input maxLength={64} />
      </Field>
      {staff ? null : (
        <Field name="username" label={t("username")} hint={t("usernameHint")}>
          <Input maxLength={60} autoComplete="off" />
        </Field>
      )}
    </FormDrawer>
  );
}
