import { Button } from "antd";
import { type ReactNode, useState } from "react";

import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Status } from "@/kit/marks";
import { useMay } from "@/kit/session";

import "../org.css";
import { texts } from "../texts";
import type { Role } from "../types";
import { RoleForm } from "./RoleForm";
import { RolePanel } from "./RolePanel";

export default function RolesPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const columns: ColumnSpec<Role>[] = [
    {
      key: "name",
      title: t("role"),
      sort: true,
      fixed: true,
      render: (row) => (
        <>
          {row.name} {row.builtin ? <Status>{t("builtin")}</Status> : null}
        </>
      ),
    },
    { key: "note", title: t("note"), render: (row) => <span className="sn-soft">{row.note || "—"}</span> },
    {
      key: "grants",
      title: t("grants"),
      align: "right",
      render: (row) => t("grantsCount", { count: row.grants.length }),
    },
    {
      key: "holders",
      title: t("people"),
      align: "right",
      sort: true,
      render: (row) => t("holders", { count: row.holders }),
    },
  ];
  return (
    <>
      <TablePage<Role>
        title={t("roles")}
        purpose={t("rolesPurpose")}
        path="/api/org/roles"
        columns={columns}
        filters={[{ kind: "search", name: "q", label: t("role") }]}
        views={[{ key: "archived", label: t("archived"), filters: { archived: "true" } }]}
        action={
          may("org.role_write") ? (
            <Button type="primary" onClick={() => setCreating(true)}>
              {t("addRole")}
            </Button>
          ) : null
        }
        detail={(id) => <RolePanel id={id} />}
        detailTitle={(_, row) => row?.name}
        detailWidth={720}
      />
      <RoleForm open={creating} onClose={() => setCreating(false)} />
    </>
  );
}
