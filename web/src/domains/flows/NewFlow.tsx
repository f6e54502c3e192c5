import { Form, Input, Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useNavigate } from "react-router";

import { api } from "@/kit/api";
import { Field } from "@/kit/desk/form";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useRead, useRefresh } from "@/kit/query";
import { useSession } from "@/kit/session";
import { Loaded } from "@/kit/states";

import { texts } from "./texts";
import { type DefinitionRow, say } from "./types";

interface Values {
  name: string;
  subject: string;
  unit_id: number | null;
  from: string;
}

const SUBJECTS = ["work_order", "customer"];
const COPY = "copy:";

/** A new flow: what it is called, where it is used, what it begins from. */
export function NewFlow({
  open,
  onClose,
  flows,
}: {
  open: boolean;
  onClose: () => void;
  flows: readonly DefinitionRow[];
}): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const { units } = useSession();
  const templates = useRead("/api/flow-templates", { enabled: open });
  const declared = useRead("/api/hub/declarations", { enabled: open, staleTime: 60_000 });
  const subjects = (declared.data?.subjects ?? []).filter((subject) => SUBJECTS.includes(subject.kind));
  const [form] = Form.useForm<Values>();
  const [made, setMade] = useState<string | null>(null);
  // once the drawer is gone: while it is open it guards what was typed
  useEffect(() => {
    if (made !== null && !open) void navigate(`/console/flows/${made}/design`);
  }, [made, open, navigate]);
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      form={form}
      width={560}
      title={t("create")}
      submitText={t("createDo")}
      initialValues={{ subject: "work_order", from: "blank", unit_id: units[0]?.id ?? null }}
      onSubmit={async ({ name, from, subject, unit_id }, key) => {
        const begin = from.startsWith(COPY) ? { copy_of: from.slice(COPY.length) } : { template: from };
        const body = {
          name: { zh: name, en: name },
          subject,
          unit_id: whole(unit_id) ? null : unit_id,
          ...begin,
        };
        const made = await api.post("/api/flows", { body, key });
        await refresh("/api/flows");
        setMade(made.key);
      }}
    >
      <Field name="name" label={t("flowName")} required hint={t("flowNameHint")}>
        <Input maxLength={80} />
      </Field>
      <div className="sn-columns">
        <Field name="subject" label={t("subject")} required>
          <Select options={subjects.map((subject) => ({ value: subject.kind, label: say(subject.text) }))} />
        </Field>
        <Field name="unit_id" label={t("ownerUnit")} hint={t("ownerHint")}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={units.map((unit) => ({
              value: unit.id,
              label: whole(unit.id) ? t("everywhere") : unit.name,
            }))}
          />
        </Field>
      </div>
      <Field name="from" label={t("begin")}>
        <Begin
          templates={
            <Loaded query={templates} rows={3}>
              {() => null}
            </Loaded>
          }
          rows={templates.data ?? []}
          flows={flows}
        />
      </Field>
    </FormDrawer>
  );

  /** The top of the tree: its flows are the whole company's. */
  function whole(id: number | null): boolean {
    return units.find((unit) => unit.id === id)?.kind === "hq";
  }
}

interface BeginProps {
  templates: ReactNode;
  rows: readonly {
    key: string;
    name: { zh: string; en: string };
    note: { zh: string; en: string };
    steps: number;
  }[];
  flows: readonly DefinitionRow[];
  value?: string;
  onChange?: (value: string) => void;
}

function Begin({ templates, rows, flows, value, onChange }: BeginProps): ReactNode {
  const t = texts.use();
  const copied = value?.startsWith(COPY) ? value : undefined;
  return (
    <>
      {rows.length === 0 ? templates : null}
      <div className="fl-begin" role="radiogroup" aria-label={t("begin")}>
        {rows.map((row) => (
          <button
            key={row.key}
            type="button"
            role="radio"
            aria-checked={value === row.key}
            className={value === row.key ? "fl-begin-chosen" : undefined}
            onClick={() => onChange?.(row.key)}
          >
            <b>{row.key === "blank" ? t("blank") : say(row.name)}</b>
            <span className="sn-soft">{say(row.note)}</span>
            {row.steps > 0 ? <span className="sn-faint">{t("steps", { count: row.steps })}</span> : null}
          </button>
        ))}
      </div>
      <Select
        style={{ width: "100%", marginTop: 10 }}
        aria-label={t("copyOf")}
        placeholder={t("copyOf")}
        allowClear
        value={copied}
        options={flows.map((flow) => ({
          value: `${COPY}${flow.key}`,
          label: `${t("copyOf")}：${say(flow.name)}`,
        }))}
        onChange={(next: string | undefined) => onChange?.(next ?? "blank")}
      />
    </>
  );
}
