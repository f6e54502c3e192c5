import {
  ApartmentOutlined,
  CalendarOutlined,
  ControlOutlined,
  IdcardOutlined,
  SafetyOutlined,
  TeamOutlined,
} from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "units",
    page: () => import("./units/UnitsPage"),
    permission: "org.unit_read",
    menu: { label: ["组织架构", "Units"], icon: <ApartmentOutlined />, group: "org", order: 10 },
  },
  {
    path: "staff",
    page: () => import("./staff/StaffPage"),
    permission: "org.staff_read",
    menu: { label: ["员工", "Staff"], icon: <TeamOutlined />, group: "org", order: 20 },
  },
  { path: "staff/:id", page: () => import("./staff/StaffMemberPage"), permission: "org.staff_read" },
  {
    path: "roles",
    page: () => import("./roles/RolesPage"),
    permission: "org.role_read",
    menu: { label: ["角色与权限", "Roles"], icon: <SafetyOutlined />, group: "org", order: 30 },
  },
  {
    path: "positions",
    page: () => import("./roles/PositionsPage"),
    permission: "org.role_read",
    menu: { label: ["岗位", "Positions"], icon: <IdcardOutlined />, group: "org", order: 40 },
  },
  {
    path: "settings",
    page: () => import("./settings/SettingsPage"),
    permission: "org.setting_read",
    menu: { label: ["设置继承", "Settings"], icon: <ControlOutlined />, group: "org", order: 50 },
  },
  { path: "settings/compare", page: () => import("./settings/ComparePage"), permission: "org.setting_read" },
  {
    path: "calendars",
    page: () => import("./calendars/CalendarsPage"),
    permission: "org.calendar_read",
    menu: { label: ["工作日历", "Calendars"], icon: <CalendarOutlined />, group: "org", order: 60 },
  },
];
