import { Input, Select } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";

import { texts } from "../texts";
import { type UnitDetail, UNIT_KINDS } from "../types";
import { UnitPick } from "./UnitPick";

interface Values {
  name: string;
  kind: string;
  code: string;
  parent_id: number;
  details: Record<string, string>;
}

export interface UnitFormProps {
  open: boolean;
  onClose: () => void;
  /** A new unit below this one … */
  parentId?: number;
  /** … or this one changed. */
  unit?: UnitDetail;
  onCreated?: (id: number) => void;
}

const DETAILS = ["city", "province", "address", "phone", "opening_hours"] as const;

export function UnitForm({ open, onClose, parentId, unit, onCreated }: UnitFormProps): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const save = async (values: Values, key: string) => {
    if (unit) {
      const { name, kind, code, details } = values;
      const kept = { latitude: unit.latitude, longitude: unit.longitude };
      await api.patch("/api/org/units/{unit_id}", {
        path: { unit_id: unit.id },
        body: { name, kind: kind as never, code, details: { ...kept, ...details } as never },
        key,
      });
    } else {
      const created = await api.post("/api/org/units", { body: values as never, key });
      onCreated?.(created.id);
    }
  };
  const details = Object.fromEntries(
    DETAILS.map((name) => [name, (unit?.[name] as string | undefined) ?? ""]),
  );
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={unit ? t("editUnit") : t("createUnit")}
      initialValues={{
        name: unit?.name,
        kind: unit?.kind ?? "store",
        code: unit?.code,
        parent_id: parentId,
        details,
      }}
      onSubmit={save}
      onDone={() => void refresh("/api/org/units", "/api/session")}
    >
      {unit ? null : (
        <Field name="parent_id" label={t("parent")} required>
          <UnitPick />
        </Field>
      )}
      <Field name="name" label={t("unitName")} required>
        <Input maxLength={80} autoFocus />
      </Field>
      <div className="sn-columns">
        <Field name="kind" label={t("kind")} required>
          <Select
            disabled={unit?.kind === "hq"}
            options={(unit?.kind === "hq" ? ["hq" as const] : UNIT_KINDS).map((kind) => ({
              value: kind,
              label: t(`kind_${kind}`),
            }))}
          />
        </Field>
        <Field name="code" label={t("code")} required>
          <Input maxLength={32} />
        </Field>
        <Field name={["details", "province"]} label={t("province")}>
          <Input maxLength={40} />
        </Field>
        <Field name={["details", "city"]} label={t("city")}>
          <Input maxLength={40} />
        </Field>
      </div>
      <Field name={["details", "address"]} label={t("address")}>
        <Input maxLength={200} />
      </Field>
      <div className="sn-columns">
        <Field name={["details", "phone"]} label={t("phone")}>
          <Input maxLength={30} inputMode="tel" />
        </Field>
        <Field name={["details", "opening_hours"]} label={t("hours")}>
          <Input maxLength={80} placeholder="09:00–18:00" />
        </Field>
      </div>
    </FormDrawer>
  );
}
