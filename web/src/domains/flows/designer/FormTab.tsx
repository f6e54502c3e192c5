import { Button, Checkbox, Input, Select } from "antd";
import { type ReactNode } from "react";

import { freeId } from "../drawing/names";
import { type FlowDocument, type FlowForm, type FlowNode, type FormField, type Right, say } from "../types";
import { Lines, Pick, Row, WordsInput } from "./inputs";
import { texts } from "./texts";
import { useTools } from "./tools";

const RIGHTS: readonly Right[] = ["edit", "read", "hidden"];
const TYPES = [
  "text",
  "number",
  "money",
  "date",
  "select",
  "yes_no",
  "rating",
  "images",
  "files",
  "phone",
  "location",
  "signature",
] as const;
type Simple = (typeof TYPES)[number];

/** Which form a step shows, what may be done with each field here, and the fields themselves. */
export function FormTab({
  node,
  change,
}: {
  node: FlowNode;
  change: (part: Partial<FlowNode>) => void;
}): ReactNode {
  const t = texts.use();
  const { document, hand } = useTools();
  const forms = document.forms ?? [];
  const form = forms.find((one) => one.key === node.form);
  const create = () => {
    const key = freeId(new Set(forms.map((one) => one.key)), "form");
    const name = { zh: `${node.name.zh}表`, en: `${node.name.en} form` };
    hand.change((now) => ({
      ...now,
      forms: [...(now.forms ?? []), { key, name, fields: [] }],
      nodes: now.nodes.map((one) => (one.id === node.id ? { ...one, form: key } : one)),
    }));
  };
  return (
    <>
      <Row label={t("form")}>
        <div className="fd-inline">
          <Pick
            label={t("form")}
            placeholder={t("noForm")}
            allowClear={node.type !== "survey"}
            value={form?.key}
            options={forms.map((one) => ({ value: one.key, label: say(one.name) }))}
            onChange={(key) => change({ form: key, rights: undefined })}
          />
          <Button onClick={create}>{t("newForm")}</Button>
        </div>
      </Row>
      {form ? <Rights node={node} form={form} change={change} /> : null}
      {form ? <Fields form={form} /> : null}
    </>
  );
}

function Rights({
  node,
  form,
  change,
}: {
  node: FlowNode;
  form: FlowForm;
  change: (part: Partial<FlowNode>) => void;
}): ReactNode {
  const t = texts.use();
  if (form.fields.length === 0) return null;
  return (
    <Row label={t("rights")}>
      <div className="fd-lines">
        {form.fields.map((field) => (
          <div key={field.key} className="fd-inline fd-right">
            <span title={field.key}>{say(field.name)}</span>
            <Select<Right>
              size="small"
              aria-label={`${t("rights")} ${say(field.name)}`}
              value={node.rights?.[field.key] ?? "edit"}
              options={RIGHTS.map((right) => ({ value: right, label: t(`right_${right}`) }))}
              onChange={(right) => change({ rights: { ...node.rights, [field.key]: right } })}
            />
          </div>
        ))}
      </div>
    </Row>
  );
}

/** The fields of a form, the plain ones; what is richer is kept and edited in the form designer. */
function Fields({ form }: { form: FlowForm }): ReactNode {
  const t = texts.use();
  const { hand } = useTools();
  const set = (part: Partial<FlowForm>) =>
    hand.change((now) => changeForm(now, form.key, part), { mark: `form:${form.key}` });
  return (
    <>
      <WordsInput label={t("form")} always value={form.name} onChange={(name) => name && set({ name })} />
      <Row label={t("fields")}>
        <Lines<FormField>
          items={form.fields}
          onChange={(fields) => set({ fields })}
          add={() => ({
            type: "text",
            key: freeId(new Set(form.fields.map((field) => field.key)), "field"),
            name: { zh: "", en: "" },
          })}
          addText={t("addField")}
          most={100}
        >
          {(field, change) => <OneField field={field} onChange={change} />}
        </Lines>
      </Row>
    </>
  );
}

export const changeForm = (document: FlowDocument, key: string, part: Partial<FlowForm>): FlowDocument => ({
  ...document,
  forms: (document.forms ?? []).map((form) => (form.key === key ? { ...form, ...part } : form)),
});

function OneField({
  field,
  onChange,
}: {
  field: FormField;
  onChange: (field: FormField) => void;
}): ReactNode {
  const t = texts.use();
  const simple = TYPES.includes(field.type as Simple);
  return (
    <>
      <div className="fd-inline">
        <Input
          aria-label={t("fieldName")}
          placeholder={t("fieldName")}
          value={field.name.zh === "" ? "" : say(field.name)}
          onChange={(event) =>
            onChange({ ...field, name: { zh: event.target.value, en: event.target.value } })
          }
        />
        <Select
          aria-label={t("fields")}
          style={{ width: 92 }}
          disabled={!simple}
          value={field.type}
          options={[
            ...TYPES.map((type) => ({ value: type as string, label: t(`field_${type}`) })),
            ...(simple ? [] : [{ value: field.type, label: t("field_other") }]),
          ]}
          onChange={(type) => onChange(retyped(field, type))}
        />
      </div>
      {field.type === "select" ? <Options field={field} onChange={onChange} /> : null}
      <div className="fd-inline">
        <Checkbox
          checked={field.required ?? false}
          onChange={(event) => onChange({ ...field, required: event.target.checked })}
        >
          {t("required")}
        </Checkbox>
        <Checkbox
          checked={Boolean(field.fact)}
          onChange={(event) => onChange({ ...field, fact: event.target.checked ? factName(field) : null })}
        >
          {t("asFact")}
        </Checkbox>
      </div>
    </>
  );
}

/** What conditions call the answer: the field's name, without what a name cannot hold. */
const factName = (field: FormField): string =>
  field.name.zh.replace(/[^\p{L}\p{N}_]/gu, "").replace(/^\p{N}/u, "_$&") || field.key;

const retyped = ({ key, name, required, fact }: FormField, type: string): FormField => ({
  type,
  key,
  name,
  required,
  fact,
  ...(type === "select" ? { options: [] } : {}),
});

function Options({ field, onChange }: { field: FormField; onChange: (field: FormField) => void }): ReactNode {
  const t = texts.use();
  const now = (field.options ?? []).map((option) => say(option.name)).join("，");
  const read = (text: string) => {
    const names = text.split(/[,，;；\n]/).map((one) => one.trim());
    const options = names.filter(Boolean).map((name, index) => {
      const there = field.options?.find((option) => say(option.name) === name);
      return (
        there ?? { key: `option_${index + 1}_${(field.options ?? []).length}`, name: { zh: name, en: name } }
      );
    });
    onChange({ ...field, options });
  };
  return (
    <Input
      key={field.key}
      aria-label={t("fieldOptions")}
      placeholder={t("fieldOptions")}
      defaultValue={now}
      onBlur={(event) => read(event.target.value)}
    />
  );
}
