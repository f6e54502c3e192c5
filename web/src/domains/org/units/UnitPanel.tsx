import { Button, Dropdown } from "antd";
import { EllipsisOutlined } from "@ant-design/icons";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { listed } from "@/kit/i18n";
import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Facts, Section } from "@/kit/desk/PageFrame";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { kitTexts } from "@/kit/kitTexts";
import { Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { texts } from "../texts";
import type { UnitDetail } from "../types";
import { UnitForm } from "./UnitForm";
import { UnitPick } from "./UnitPick";

/** One unit: what it is, where it hangs, what hangs on it. */
export function UnitPanel({ id, onChoose }: { id: number; onChoose: (id: number) => void }): ReactNode {
  const unit = useRead("/api/org/units/{unit_id}", { path: { unit_id: id } });
  return (
    <div className="sn-stack">
      <Loaded query={unit}>{(data) => <Panel unit={data} onChoose={onChoose} />}</Loaded>
    </div>
  );
}

function Panel({ unit, onChoose }: { unit: UnitDetail; onChoose: (id: number) => void }): ReactNode {
  const t = texts.use();
  return (
    <Section
      title={
        <>
          {unit.name}{" "}
          <Status tone={unit.archived_at ? "neutral" : "active"}>
            {unit.archived_at ? t("archived") : t(`kind_${unit.kind}`)}
          </Status>
        </>
      }
      extra={<Tools unit={unit} />}
    >
      <Path unit={unit} onChoose={onChoose} />
      <Facts
        items={[
          { label: t("code"), value: unit.code },
          { label: t("city"), value: [unit.province, unit.city].filter(Boolean).join(" ") || "—" },
          { label: t("address"), value: unit.address || "—" },
          { label: t("phone"), value: unit.phone || "—" },
          { label: t("hours"), value: unit.opening_hours || "—" },
          { label: t("people"), value: <Link to={`/console/staff?unit_id=${unit.id}`}>{unit.staff}</Link> },
          { label: t("children"), value: unit.children },
          unit.kind === "department" && {
            label: t("serves"),
            value: listed(unit.serves.map((one) => one.name)) || "—",
          },
          { label: t("createdAt"), value: <Time at={unit.created_at} show="date" /> },
        ]}
      />
      <p className="sn-units-links">
        <Link to={`/console/staff?unit_id=${unit.id}`}>{t("seeStaff")}</Link>
        <Link to={`/console/settings?unit=${unit.id}`}>{t("seeSettings")}</Link>
      </p>
    </Section>
  );
}

function Path({ unit, onChoose }: { unit: UnitDetail; onChoose: (id: number) => void }): ReactNode {
  if (unit.ancestors.length === 0) return null;
  return (
    <p className="sn-units-path">
      {unit.ancestors.map((one) => (
        <span key={one.id}>
          <button type="button" className="sn-link" onClick={() => onChoose(one.id)}>
            {one.name}
          </button>
          {" / "}
        </span>
      ))}
      {unit.name}
    </p>
  );
}

function Tools({ unit }: { unit: UnitDetail }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const refresh = useRefresh();
  const [editing, setEditing] = useState(false);
  const [moving, setMoving] = useState(false);
  if (!may("org.unit_write")) return null;

  const path = { unit_id: unit.id };
  const again = () => refresh("/api/org/units", "/api/session");
  const restore = () => api.post("/api/org/units/{unit_id}/restore", { path }).then(again);
  const archive = () =>
    api
      .post("/api/org/units/{unit_id}/archive", { path })
      .then(again)
      .then(() => toast.done(t("archivedUnit", { name: unit.name }), restore), toast.failed);
  return (
    <>
      <span>
        <Button size="small" onClick={() => setEditing(true)}>
          {kitTexts.t("edit")}
        </Button>{" "}
        {unit.kind === "hq" ? null : (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "move", label: t("move") },
                unit.archived_at
                  ? { key: "restore", label: t("restore") }
                  : { key: "archive", label: t("archive"), danger: true },
              ],
              onClick: ({ key }) => {
                if (key === "move") setMoving(true);
                else if (key === "restore") restore().catch(toast.failed);
                else void archive();
              },
            }}
          >
            <Button size="small" icon={<EllipsisOutlined />} aria-label={kitTexts.t("more")} />
          </Dropdown>
        )}
      </span>
      <UnitForm key={unit.id} open={editing} unit={unit} onClose={() => setEditing(false)} />
      <MoveForm unit={unit} open={moving} onClose={() => setMoving(false)} onMoved={again} />
    </>
  );
}

interface MoveFormProps {
  unit: UnitDetail;
  open: boolean;
  onClose: () => void;
  onMoved: () => Promise<unknown>;
}

function MoveForm({ unit, open, onClose, onMoved }: MoveFormProps): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const path = { unit_id: unit.id };
  const before = unit.parent_id;
  const move = (parent: number, key?: string) =>
    api.post("/api/org/units/{unit_id}/move", { path, body: { parent_id: parent }, key }).then(onMoved);
  return (
    <FormDrawer<{ parent_id: number }>
      open={open}
      onClose={onClose}
      title={t("moveTo")}
      submitText={t("move")}
      initialValues={{ parent_id: before ?? undefined }}
      onSubmit={(values, key) => move(values.parent_id, key)}
      onDone={() =>
        toast.done(t("movedUnit", { name: unit.name }), before === null ? undefined : () => move(before))
      }
    >
      <Field name="parent_id" label={t("moveTo")} required>
        <UnitPick without={unit.id} />
      </Field>
    </FormDrawer>
  );
}
