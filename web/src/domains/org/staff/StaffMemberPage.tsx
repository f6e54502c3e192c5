import { type ReactNode } from "react";
import { useParams } from "react-router";

import { PageFrame } from "@/kit/desk/PageFrame";
import { useRead } from "@/kit/query";

import { texts } from "../texts";
import { StaffPanel } from "./StaffPanel";

export default function StaffMemberPage(): ReactNode {
  const t = texts.use();
  const id = Number(useParams()["id"]);
  const staff = useRead("/api/org/staff/{staff_id}", { path: { staff_id: id } });
  return (
    <PageFrame title={staff.data?.name ?? t("staff")} back="/console/staff">
      <StaffPanel id={id} framed />
    </PageFrame>
  );
}
