import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { kitTexts } from "@/kit/kitTexts";
import { useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";

import { texts } from "../texts";
import type { Position } from "../types";

interface Values {
  key: string;
  name: string;
  name_en: string;
  note: string;
}

export default function PositionsPage(): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [editing, setEditing] = useState<Position | "new" | null>(null);
  const write = may("org.role_write");
  const create = write ? (
    <Button type="primary" onClick={() => setEditing("new")}>
      {t("addPosition")}
    </Button>
  ) : null;
  const columns: ColumnSpec<Position>[] = [
    { key: "name", title: t("position"), sort: true, fixed: true },
    { key: "name_en", title: t("roleNameEn"), render: (row) => row.name_en || "—" },
    { key: "note", title: t("note"), render: (row) => <span className="sn-soft">{row.note || "—"}</span> },
    {
      key: "holders",
      title: t("people"),
      align: "right",
      sort: true,
      render: (row) => (
        <Link to={`/console/staff?position_id=${row.id}`}>{t("holders", { count: row.holders })}</Link>
      ),
    },
    {
      key: "tools",
      title: "",
      align: "right",
      fixed: true,
      render: (row) => (write && !row.archived ? <Tools row={row} onEdit={setEditing} /> : null),
    },
  ];
  return (
    <>
      <TablePage<Position>
        title={t("positions")}
        purpose={t("positionsPurpose")}
        path="/api/org/positions"
        columns={columns}
        filters={[{ kind: "search", name: "q", label: t("position") }]}
        views={[{ key: "archived", label: t("archived"), filters: { archived: "true" } }]}
        action={create}
        empty={{ title: t("positionsEmpty"), hint: t("positionsPurpose"), action: create }}
      />
      <PositionForm position={editing} onClose={() => setEditing(null)} />
    </>
  );
}

function Tools({ row, onEdit }: { row: Position; onEdit: (row: Position) => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const confirm = useConfirm();
  const refresh = useRefresh();
  const archive = async () => {
    const title = `${t("archive")}: ${row.name}`;
    if (
      !(await confirm({
        title,
        content: t("holders", { count: row.holders }),
        action: t("archive"),
        danger: true,
      }))
    )
      return;
    await api
      .post("/api/org/positions/{position_id}/archive", { path: { position_id: row.id } })
      .then(() => refresh("/api/org/positions"))
      .then(() => toast.done(t("archivedThing", { name: row.name })), toast.failed);
  };
  return (
    <>
      <Button size="small" type="link" onClick={() => onEdit(row)}>
        {kitTexts.t("edit")}
      </Button>
      <Button size="small" type="link" danger onClick={() => void archive()}>
        {t("archive")}
      </Button>
    </>
  );
}

function PositionForm({
  position,
  onClose,
}: {
  position: Position | "new" | null;
  onClose: () => void;
}): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const known = position === "new" ? null : position;
  const save = ({ key: name, ...values }: Values, key: string) =>
    known
      ? api.patch("/api/org/positions/{position_id}", { path: { position_id: known.id }, body: values, key })
      : api.post("/api/org/positions", { body: { key: name, ...values }, key });
  return (
    <FormDrawer<Values>
      open={position !== null}
      onClose={onClose}
      title={known ? t("editPosition") : t("addPosition")}
      initialValues={{ name: known?.name, name_en: known?.name_en ?? "", note: known?.note ?? "" }}
      onSubmit={save}
      onDone={() => void refresh("/api/org/positions")}
    >
      <div className="sn-columns">
        <Field name="name" label={t("roleName")} required>
          <Input maxLength={60} autoFocus />
        </Field>
        <Field name="name_en" label={t("roleNameEn")}>
          <Input maxLength={60} />
        </Field>
      </div>
      {known ? null : (
        <Field name="key" label={t("roleKey")} required hint={t("roleKeyHint")}>
          <Input maxLength={40} />
        </Field>
      )}
      <Field name="note" label={t("note")}>
        <Input maxLength={200} />
      </Field>
    </FormDrawer>
  );
}
