import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { api } from "@/kit/api";
import { Facts, Section, Split } from "@/kit/desk/PageFrame";
import { useConfirm, useToast } from "@/kit/desk/feedback";
import { kitTexts } from "@/kit/kitTexts";
import { Status } from "@/kit/marks";
import { useRead, useRefresh } from "@/kit/query";
import { useMay } from "@/kit/session";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { texts } from "../texts";
import type { StaffDetail } from "../types";
import { Assignments } from "./Assignments";
import { Login } from "./Login";
import { StaffForm } from "./StaffForm";

/** One person: data, roles and positions, login. In the drawer one under the other, as a page side by side. */
export function StaffPanel({ id, framed }: { id: number; framed?: boolean }): ReactNode {
  const staff = useRead("/api/org/staff/{staff_id}", { path: { staff_id: id } });
  return (
    <Loaded query={staff} rows={8}>
      {(data) => {
        const main = (
          <>
            <Person staff={data} />
            <Assignments staff={data} />
          </>
        );
        const side = <Login staff={data} />;
        return framed ? (
          <Split main={main} side={side} />
        ) : (
          <div className="sn-stack">
            {main}
            {side}
          </div>
        );
      }}
    </Loaded>
  );
}

function Person({ staff }: { staff: StaffDetail }): ReactNode {
  const t = texts.use();
  return (
    <Section title={<State staff={staff} />} extra={<Tools staff={staff} />}>
      <Facts
        items={[
          { label: t("number"), value: staff.number || "—" },
          {
            label: t("unit"),
            value: <Link to={`/console/units?open=${staff.unit_id}`}>{staff.unit_name}</Link>,
          },
          { label: t("city"), value: staff.city || "—" },
          { label: t("phone"), value: <Phone staff={staff} /> },
          {
            label: t("skills"),
            value:
              staff.skills.length > 0 ? (
                <span className="sn-tags">
                  {staff.skills.map((skill) => (
                    <Status key={skill}>{skill}</Status>
                  ))}
                </span>
              ) : (
                "—"
              ),
          },
          { label: t("wecom"), value: staff.wecom_userid || "—" },
          { label: t("createdAt"), value: <Time at={staff.created_at} show="date" /> },
        ]}
      />
    </Section>
  );
}

function State({ staff }: { staff: StaffDetail }): ReactNode {
  const t = texts.use();
  return (
    <>
      {t("details")}{" "}
      <Status tone={staff.archived_at ? "neutral" : "good"}>
        {staff.archived_at ? t("left") : t("atWork")}
      </Status>
    </>
  );
}

/** Masked; seeing it in full is an act that is recorded. */
function Phone({ staff }: { staff: StaffDetail }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const [clear, setClear] = useState<string | null>(null);
  if (!staff.phone_masked) return "—";
  const reveal = () =>
    api.post("/api/org/staff/{staff_id}/phone", { path: { staff_id: staff.id } }).then((answer) => {
      setClear(answer.phone);
      toast.info(t("revealed"));
    }, toast.failed);
  return (
    <>
      <span className="sn-number">{clear ?? staff.phone_masked}</span>{" "}
      {staff.may_see_phone && clear === null ? (
        <button type="button" className="sn-link" onClick={() => void reveal()}>
          {t("reveal")}
        </button>
      ) : null}
    </>
  );
}

function Tools({ staff }: { staff: StaffDetail }): ReactNode {
  const t = texts.use();
  const may = useMay();
  const toast = useToast();
  const confirm = useConfirm();
  const refresh = useRefresh();
  const [editing, setEditing] = useState(false);
  if (!may("org.staff_write")) return null;
  const path = { staff_id: staff.id };
  const name = staff.name;
  const again = () => refresh("/api/org/staff", "/api/org/units");
  const restore = () => api.post("/api/org/staff/{staff_id}/restore", { path }).then(again);
  const leave = async () => {
    const sure = await confirm({
      title: t("leaveTitle", { name }),
      content: t("leaveContent"),
      action: t("leave"),
      danger: true,
    });
    if (!sure) return;
    await api
      .post("/api/org/staff/{staff_id}/archive", { path })
      .then(again)
      .then(() => toast.done(t("leftDone", { name }), restore), toast.failed);
  };
  return (
    <span>
      {staff.archived_at ? (
        <Button
          size="small"
          onClick={() => void restore().then(() => toast.done(t("restored", { name })), toast.failed)}
        >
          {t("restore")}
        </Button>
      ) : (
        <>
          <Button size="small" onClick={() => setEditing(true)}>
            {kitTexts.t("edit")}
          </Button>{" "}
          <Button size="small" danger onClick={() => void leave()}>
            {t("leave")}
          </Button>
        </>
      )}
      <StaffForm open={editing} staff={staff} onClose={() => setEditing(false)} />
    </span>
  );
}
