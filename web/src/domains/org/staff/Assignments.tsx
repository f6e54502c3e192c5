import { Button, DatePicker } from "antd";
import type { Dayjs } from "dayjs";
import { type ReactNode, useState } from "react";

import { api } from "@/kit/api";
import { FormDrawer } from "@/kit/desk/FormDrawer";
import { Section } from "@/kit/desk/PageFrame";
import { PickRemote } from "@/kit/desk/PickRemote";
import { useToast } from "@/kit/desk/feedback";
import { Field } from "@/kit/desk/form";
import { useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Empty } from "@/kit/states";
import { Time, useNow } from "@/kit/Time";

import { texts } from "../texts";
import type { Assignment, Position, Role, StaffDetail } from "../types";
import { UnitPick } from "../units/UnitPick";

/** What somebody holds and held, where, from when until when. */
export function Assignments({ staff }: { staff: StaffDetail }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const assign = may("org.assign") && !staff.archived_at;
  return (
    <Section
      title={t("assignments")}
      flush={staff.assignments.length > 0}
      extra={
        assign ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t("assign")}
          </Button>
        ) : null
      }
    >
      {staff.assignments.length === 0 ? (
        <Empty hint={t("assignHint")} />
      ) : (
        <table className="sn-plain-table">
          <thead>
            <tr>
              <th>{t("role")}</th>
              <th>{t("position")}</th>
              <th>{t("atUnit")}</th>
              <th>{t("validFrom")}</th>
              <th>{t("validTo")}</th>
              <th aria-label={t("endAssignment")} />
            </tr>
          </thead>
          <tbody>
            {staff.assignments.map((one) => (
              <Row key={one.id} one={one} assign={assign} />
            ))}
          </tbody>
        </table>
      )}
      <AssignForm staff={staff} open={open} onClose={() => setOpen(false)} />
    </Section>
  );
}

function Row({ one, assign }: { one: Assignment; assign: boolean }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  const now = useNow();
  const ended = one.valid_to !== null && new Date(one.valid_to) <= now;
  const end = () =>
    api
      .post("/api/org/assignments/{assignment_id}/end", { path: { assignment_id: one.id } })
      .then(() => refresh("/api/org/staff", "/api/org/roles", "/api/org/positions"))
      .then(() => toast.done(t("endedAssignment")), toast.failed);
  return (
    <tr className={ended ? "sn-faint" : undefined}>
      <td>{one.role_name ?? "—"}</td>
      <td>{one.position_name ?? "—"}</td>
      <td>{one.unit_name}</td>
      <td>
        <Time at={one.valid_from} show="date" />
      </td>
      <td>{one.valid_to ? <Time at={one.valid_to} show="date" /> : t("open_ended")}</td>
      <td>
        {assign && !ended ? (
          <button type="button" className="sn-link" onClick={() => void end()}>
            {t("endAssignment")}
          </button>
        ) : null}
      </td>
    </tr>
  );
}

interface Values {
  role_id?: number;
  position_id?: number;
  unit_id: number;
  valid_from?: Dayjs | null;
  valid_to?: Dayjs | null;
}

function AssignForm({
  staff,
  open,
  onClose,
}: {
  staff: StaffDetail;
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const t = texts.use();
  const refresh = useRefresh();
  const save = (values: Values, key: string) =>
    api.post("/api/org/staff/{staff_id}/assignments", {
      path: { staff_id: staff.id },
      body: {
        ...values,
        valid_from: values.valid_from?.startOf("day").toISOString() ?? null,
        valid_to: values.valid_to?.endOf("day").toISOString() ?? null,
      },
      key,
    });
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={`${t("assignTitle")} · ${staff.name}`}
      submitText={t("assign")}
      initialValues={{ unit_id: staff.unit_id }}
      onSubmit={save}
      onDone={() => void refresh("/api/org/staff", "/api/org/roles", "/api/org/positions")}
    >
      <p className="sn-soft" style={{ marginTop: 0 }}>
        {t("assignHint")}
      </p>
      <Field name="role_id" label={t("role")}>
        <PickRemote<Role> path="/api/org/roles" label={(role) => role.name} allowClear />
      </Field>
      <Field name="position_id" label={t("position")}>
        <PickRemote<Position> path="/api/org/positions" label={(position) => position.name} allowClear />
      </Field>
      <Field name="unit_id" label={t("atUnit")} required>
        <UnitPick />
      </Field>
      <div className="sn-columns">
        <Field name="valid_from" label={t("validFrom")}>
          <DatePicker style={{ width: "100%" }} />
        </Field>
        <Field name="valid_to" label={t("validTo")}>
          <DatePicker style={{ width: "100%" }} placeholder={t("open_ended")} />
        </Field>
      </div>
    </FormDrawer>
  );
}
