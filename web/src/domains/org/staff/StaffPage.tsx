import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link, useNavigate } from "react-router";

import { listed } from "@/kit/i18n";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { Person, Status } from "@/kit/marks";
import { useMay } from "@/kit/session";

import { texts } from "../texts";
import type { Position, Role, StaffRow, UnitRow } from "../types";
import { StaffForm } from "./StaffForm";
import { StaffPanel } from "./StaffPanel";

export default function StaffPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const columns: ColumnSpec<StaffRow>[] = [
    {
      key: "name",
      title: t("name"),
      sort: true,
      fixed: true,
      render: (row) => <Person name={row.name} note={row.number} />,
    },
    { key: "unit", title: t("unit"), render: (row) => row.unit_name },
    { key: "positions", title: t("position"), render: (row) => listed(row.positions) || "—" },
    { key: "roles", title: t("role"), render: (row) => listed(row.roles) || "—" },
    { key: "city", title: t("city"), sort: true },
    {
      key: "skills",
      title: t("skills"),
      render: (row) => listed(row.skills) || "—",
      width: 180,
      ellipsis: true,
    },
    { key: "phone", title: t("phone"), render: (row) => row.phone_masked || "—" },
    { key: "wecom", title: t("wecom"), render: (row) => row.wecom_userid ?? "—", hidden: true },
    {
      key: "state",
      title: t("state"),
      hidden: true,
      render: (row) => (
        <Status tone={row.archived ? "neutral" : "good"}>{row.archived ? t("left") : t("atWork")}</Status>
      ),
    },
  ];
  const create = may("org.staff_write") ? (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t("addStaff")}
    </Button>
  ) : null;
  return (
    <>
      <TablePage<StaffRow>
        title={t("staff")}
        purpose={t("staffPurpose")}
        path="/api/org/staff"
        byUnit
        columns={columns}
        filters={[
          { kind: "search", name: "q", label: t("searchStaff") },
          {
            kind: "remote",
            name: "unit_id",
            label: t("unit"),
            path: "/api/org/units",
            itemLabel: (unit: UnitRow) => unit.name,
          },
          {
            kind: "remote",
            name: "position_id",
            label: t("position"),
            path: "/api/org/positions",
            itemLabel: (one: Position) => one.name,
          },
          {
            kind: "remote",
            name: "role_id",
            label: t("role"),
            path: "/api/org/roles",
            itemLabel: (one: Role) => one.name,
          },
        ]}
        views={[
          { key: "now", label: t("atWork"), filters: {} },
          { key: "left", label: t("left"), filters: { archived: "true" } },
        ]}
        action={
          <>
            {may("org.staff_write") ? (
              <Link to="/console/imports/new?kind=staff">
                <Button>{t("importStaff")}</Button>
              </Link>
            ) : null}
            {create}
          </>
        }
        detail={(id) => <StaffPanel id={id} />}
        detailTitle={(_, row) => row?.name ?? t("staff")}
        fullPage={(id) => `/console/staff/${id}`}
        empty={{ title: t("staffEmpty"), hint: t("staffEmptyHint"), action: create }}
      />
      <StaffForm
        open={creating}
        onClose={() => setCreating(false)}
        onCreated={(id) => void navigate(`/console/staff/${id}`)}
      />
    </>
  );
}
