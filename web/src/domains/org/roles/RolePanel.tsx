import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { api } from "@/kit/api";
import { Facts, Section } from "@/kit/desk/PageFrame";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { kitTexts } from "@/kit/kitTexts";
import { Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";

import { texts } from "../texts";
import type { Role } from "../types";
import { GrantsEditor } from "./GrantsEditor";
import { RoleForm } from "./RoleForm";

/** One role: who holds it, and what it allows how far. */
export function RolePanel({ id }: { id: number }): ReactNode {
  const role = useRead("/api/org/roles/{role_id}", { path: { role_id: id } });
  return <Loaded query={role}>{(data) => <Panel role={data} />}</Loaded>;
}

function Panel({ role }: { role: Role }): ReactNode {
  const t = texts.use();
  return (
    <div className="sn-stack">
      <Section
        title={role.builtin ? <Status>{t("builtin")}</Status> : role.name}
        extra={<Tools role={role} />}
      >
        <Facts
          items={[
            { label: t("roleNameEn"), value: role.name_en || "—" },
            { label: t("note"), value: role.note || "—" },
            {
              label: t("people"),
              value: (
                <Link to={`/console/staff?role_id=${role.id}`}>{t("holders", { count: role.holders })}</Link>
              ),
            },
          ]}
        />
      </Section>
      <Section title={t("grantsCount", { count: role.grants.length })}>
        <GrantsEditor value={role.grants} readOnly />
      </Section>
    </div>
  );
}

function Tools({ role }: { role: Role }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const confirm = useConfirm();
  const refresh = useRefresh();
  const [form, setForm] = useState<"edit" | "copy" | null>(null);
  if (!may("org.role_write") || role.archived) return null;
  const archive = async () => {
    const sure = await confirm({
      title: `${t("archive")}: ${role.name}`,
      content: t("holders", { count: role.holders }),
      action: t("archive"),
      danger: true,
    });
    if (!sure) return;
    await api
      .post("/api/org/roles/{role_id}/archive", { path: { role_id: role.id } })
      .then(() => refresh("/api/org/roles"))
      .then(() => toast.done(t("archivedThing", { name: role.name })), toast.failed);
  };
  return (
    <span>
      <Button size="small" onClick={() => setForm("copy")}>
        {t("copyRole")}
      </Button>{" "}
      <Button size="small" onClick={() => setForm("edit")}>
        {kitTexts.t("edit")}
      </Button>{" "}
      {role.builtin ? null : (
        <Button size="small" danger onClick={() => void archive()}>
          {t("archive")}
        </Button>
      )}
      <RoleForm open={form === "edit"} role={role} onClose={() => setForm(null)} />
      <RoleForm open={form === "copy"} like={role} onClose={() => setForm(null)} />
    </span>
  );
}
