import type { Answer } from "@/kit/api";

export type UnitRow = Answer<"/api/org/units/tree">[number];
export type UnitDetail = Answer<"/api/org/units/{unit_id}">;
export type StaffRow = Answer<"/api/org/staff">["items"][number];
export type StaffDetail = Answer<"/api/org/staff/{staff_id}">;
export type Assignment = StaffDetail["assignments"][number];
export type Role = Answer<"/api/org/roles/{role_id}">;
export type Permission = Answer<"/api/org/permissions">[number];
export type Position = Answer<"/api/org/positions">["items"][number];
export type Setting = Answer<"/api/org/settings">[number];
export type Bounds = Setting["bounds"];
export type Variants = Answer<"/api/org/settings/variants">;
export type Calendar = Answer<"/api/org/calendars/{calendar_id}">;
export type CalendarDay = Answer<"/api/org/calendars/{calendar_id}/days">[number];

export type UnitKind = "hq" | "region" | "store" | "partner" | "department";
export const UNIT_KINDS: readonly UnitKind[] = ["region", "store", "partner", "department"];
