import { Checkbox, InputNumber, Select } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";

import { texts } from "../texts";
import type { SettingFormProps } from "./ValueForm";
import { isNumber } from "./values";

interface Values {
  minimum?: string | null;
  maximum?: string | null;
  allowed?: string[];
  locked?: boolean;
}

/** Says how far the units below may vary a setting; never wider than what the units above allow. */
export function BoundsForm({ setting, unitId, open, onClose }: SettingFormProps): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const below = setting.bounds_below;
  const save = (values: Values, key: string) =>
    api.put("/api/org/settings/{key}/bounds", {
      path: { key: setting.key },
      body: {
        unit_id: unitId,
        bounds: {
          minimum: values.minimum ? String(values.minimum) : null,
          maximum: values.maximum ? String(values.maximum) : null,
          allowed: values.allowed && values.allowed.length > 0 ? values.allowed : null,
          locked: values.locked ?? false,
        },
      },
      key,
    });
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={`${t("boundsTitle")} · ${setting.name}`}
      initialValues={{
        minimum: below?.minimum ?? null,
        maximum: below?.maximum ?? null,
        allowed: below?.allowed ?? [],
        locked: below?.locked ?? false,
      }}
      onSubmit={save}
      onDone={() => void refresh("/api/org/settings")}
    >
      {isNumber(setting) ? (
        <div className="sn-columns">
          <Field name="minimum" label={t("minimum")}>
            <InputNumber
              stringMode
              style={{ width: "100%" }}
              suffix={setting.unit_of_measure}
              placeholder={t("anything")}
            />
          </Field>
          <Field name="maximum" label={t("maximum")}>
            <InputNumber
              stringMode
              style={{ width: "100%" }}
              suffix={setting.unit_of_measure}
              placeholder={t("anything")}
            />
          </Field>
        </div>
      ) : null}
      {setting.choices.length > 0 ? (
        <Field name="allowed" label={t("allowedValues")}>
          <Select
            mode="multiple"
            placeholder={t("anything")}
            options={setting.choices.map((choice) => ({ value: choice.value, label: choice.name }))}
          />
        </Field>
      ) : null}
      <Field name="locked" label={t("lockedAbove")} valuePropName="checked">
        <Checkbox>{t("lock")}</Checkbox>
      </Field>
    </FormDrawer>
  );
}
