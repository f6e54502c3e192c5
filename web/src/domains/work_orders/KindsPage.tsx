import { Button, Input, InputNumber, Select, Switch } from "antd";
import { type ReactNode, useState } from "react";

import { listed } from "@/kit/i18n";
import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { TablePage } from "@/kit/desk/table/TablePage";
import { Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";

import { texts } from "./texts";
import type { KindCard } from "./types";
import { say } from "./words";

interface Values {
  key?: string;
  name_zh: string;
  name_en: string;
  flow_key: string;
  service_minutes: number;
  skills: string[];
  difficulty: number | string;
  archived?: boolean;
}

/** Kinds of work order: which flow, how long, which skills. */
export default function KindsPage(): ReactNode {
  const t = texts.use();
  const [editing, setEditing] = useState<KindCard | "new" | null>(null);
  return (
    <>
      <TablePage<KindCard>
        title={t("kinds")}
        purpose={t("kindsPurpose")}
        path="/api/work-order-kinds"
        query={{ archived: true }}
        filters={[{ kind: "search", name: "text", label: t("kinds") }]}
        action={
          <Button type="primary" onClick={() => setEditing("new")}>
            {t("newKind")}
          </Button>
        }
        columns={[
          { key: "name", title: t("kind"), render: (row) => say(row.name) },
          { key: "key", title: t("kindKey"), width: 180 },
          { key: "flow_key", title: t("flow"), width: 160 },
          { key: "service_minutes", title: t("serviceMinutes"), width: 150, align: "right" },
          { key: "skills", title: t("skills"), render: (row) => listed(row.skills) || "—" },
          {
            key: "difficulty",
            title: t("difficulty"),
            width: 110,
            align: "right",
            render: (row) => Number(row.difficulty),
          },
          {
            key: "archived",
            title: t("status"),
            width: 96,
            render: (row) => (
              <Status tone={row.archived ? "neutral" : "good"}>
                {t(row.archived ? "archived" : "inUse")}
              </Status>
            ),
          },
          {
            key: "edit",
            title: "",
            width: 80,
            render: (row) => (
              <Button type="link" size="small" onClick={() => setEditing(row)}>
                {t("edit")}
              </Button>
            ),
          },
        ]}
      />
      {editing ? (
        <KindDrawer kind={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      ) : null}
    </>
  );
}

function KindDrawer({ kind, onClose }: { kind: KindCard | null; onClose: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  const flows = useRead("/api/flows");
  return (
    <FormDrawer<Values>
      open
      onClose={onClose}
      title={t(kind ? "editKind" : "newKind")}
      initialValues={
        kind
          ? {
              name_zh: kind.name.zh,
              name_en: kind.name.en,
              flow_key: kind.flow_key,
              service_minutes: kind.service_minutes,
              skills: [...kind.skills],
              difficulty: kind.difficulty,
              archived: kind.archived,
            }
          : { service_minutes: 90, skills: [], difficulty: 1 }
      }
      onSubmit={(values, key) => {
        const body = { ...values, difficulty: String(values.difficulty) };
        return kind
          ? api.put("/api/work-order-kinds/{kind_id}", {
              path: { kind_id: kind.id },
              body: { ...body, archived: values.archived ?? false },
              key,
            })
          : api.post("/api/work-order-kinds", { body: { ...body, key: values.key ?? "" }, key });
      }}
      onDone={() => {
        toast.done(t("saved"));
        void refresh("/api/work-order-kinds");
      }}
    >
      {kind ? null : (
        <Field name="key" label={t("kindKey")} required hint={t("kindKeyHint")}>
          <Input maxLength={60} />
        </Field>
      )}
      <div className="sn-columns">
        <Field name="name_zh" label={t("nameZh")} required>
          <Input maxLength={80} />
        </Field>
        <Field name="name_en" label={t("nameEn")} required>
          <Input maxLength={80} />
        </Field>
      </div>
      <Field name="flow_key" label={t("flow")} required>
        <Select
          options={(flows.data?.items ?? []).map((flow) => ({ value: flow.key, label: say(flow.name) }))}
        />
      </Field>
      <div className="sn-columns">
        <Field name="service_minutes" label={t("serviceMinutes")} required>
          <InputNumber min={1} max={10_000} />
        </Field>
        <Field name="difficulty" label={t("difficulty")} required>
          <InputNumber min={0.001} max={100} step={0.1} />
        </Field>
      </div>
      <Field name="skills" label={t("skills")} hint={t("skillsHint")}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Field>
      {kind ? (
        <Field name="archived" label={t("archived")} valuePropName="checked">
          <Switch />
        </Field>
      ) : null}
    </FormDrawer>
  );
}
