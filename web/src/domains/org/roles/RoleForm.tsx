import { Input } from "antd";
import { type ReactNode } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";

import { texts } from "../texts";
import type { Role } from "../types";
import { GrantsEditor, type GrantValue } from "./GrantsEditor";

interface Values {
  key: string;
  name: string;
  name_en: string;
  note: string;
  grants: GrantValue[];
}

export interface RoleFormProps {
  open: boolean;
  onClose: () => void;
  /** This role changed … */
  role?: Role;
  /** … or a new one that begins with these grants. */
  like?: Role;
}

export function RoleForm({ open, onClose, role, like }: RoleFormProps): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const from = role ?? like;
  const save = ({ key: name, ...values }: Values, key: string) =>
    role
      ? api.patch("/api/org/roles/{role_id}", { path: { role_id: role.id }, body: values, key })
      : api.post("/api/org/roles", { body: { key: name, ...values }, key });
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      width={760}
      title={role ? t("editRole") : t("addRole")}
      initialValues={{
        key: undefined,
        name: role?.name,
        name_en: role?.name_en ?? "",
        note: from?.note ?? "",
        grants: from ? [...from.grants] : [],
      }}
      onSubmit={save}
      onDone={() => void refresh("/api/org/roles", "/api/session")}
    >
      <div className="sn-columns">
        <Field name="name" label={t("roleName")} required>
          <Input maxLength={60} autoFocus />
        </Field>
        <Field name="name_en" label={t("roleNameEn")}>
          <Input maxLength={60} />
        </Field>
      </div>
      {role ? null : (
        <Field name="key" label={t("roleKey")} required hint={t("roleKeyHint")}>
          <Input maxLength={40} />
        </Field>
      )}
      <Field name="note" label={t("note")}>
        <Input maxLength={200} />
      </Field>
      <Field name="grants" label={t("grants")}>
        <GrantsEditor />
      </Field>
    </FormDrawer>
  );
}
