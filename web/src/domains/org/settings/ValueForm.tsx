import { Input, InputNumber, Select, Switch } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";

import { texts } from "../texts";
import type { Setting } from "../types";
import { type Value, boundsText, isNumber, valueText } from "./values";

export interface SettingFormProps {
  setting: Setting;
  unitId: number;
  open: boolean;
  onClose: () => void;
}

/** Gives a setting a value at a unit; the words under the field say how far it may go. */
export function ValueForm({ setting, unitId, open, onClose }: SettingFormProps): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  const path = { key: setting.key };
  const put = (value: Value, key?: string) =>
    api.put("/api/org/settings/{key}", { path, body: { unit_id: unitId, value: sent(setting, value) }, key });
  const undo = () =>
    (setting.set_here
      ? put(setting.value as Value)
      : api.post("/api/org/settings/{key}/clear", { path, body: { unit_id: unitId } })
    ).then(() => refresh("/api/org/settings"));
  return (
    <FormDrawer<{ value: Value }>
      open={open}
      onClose={onClose}
      title={setting.name}
      initialValues={{ value: setting.value as Value }}
      onSubmit={async ({ value }, key) => {
        await put(value, key);
        toast.done(t("setDone", { name: setting.name, value: valueText(setting, value) }), undo);
      }}
      onDone={() => void refresh("/api/org/settings")}
    >
      {setting.help ? <p className="sn-soft">{setting.help}</p> : null}
      <Field
        name="value"
        label={t("value")}
        required={setting.type !== "boolean"}
        valuePropName={setting.type === "boolean" ? "checked" : undefined}
        hint={`${t("allowed", { range: boundsText(setting) })} · ${t("inheritedIs", { value: valueText(setting, setting.inherited_value) })}`}
      >
        {input(setting)}
      </Field>
    </FormDrawer>
  );
}

/** Decimals travel as text, whole numbers as numbers. */
const sent = (setting: Setting, value: Value): Value =>
  setting.type === "integer" ? Number(value) : setting.type === "decimal" ? String(value) : value;

function input(setting: Setting): ReactNode {
  if (setting.type === "boolean") return <Switch />;
  if (isNumber(setting)) {
    return (
      <InputNumber
        autoFocus
        stringMode
        style={{ width: "100%" }}
        precision={setting.type === "integer" ? 0 : undefined}
        min={setting.bounds.minimum ?? undefined}
        max={setting.bounds.maximum ?? undefined}
        suffix={setting.unit_of_measure}
      />
    );
  }
  if (setting.choices.length > 0) {
    const allowed = setting.bounds.allowed;
    const options = setting.choices
      .filter((choice) => !allowed || allowed.includes(choice.value))
      .map((choice) => ({ value: choice.value, label: choice.name }));
    return <Select options={options} mode={setting.type === "choices" ? "multiple" : undefined} />;
  }
  return <Input autoFocus />;
}
