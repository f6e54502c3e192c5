import { FileTextOutlined, TagsOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "work-orders",
    page: () => import("./ListPage"),
    permission: "work_order.read",
    menu: { label: ["工单", "Work orders"], icon: <FileTextOutlined />, group: "work", order: 10 },
  },
  { path: "work-orders/:id", page: () => import("./OrderPage"), permission: "work_order.read" },
  {
    path: "work-order-kinds",
    page: () => import("./KindsPage"),
    permission: "work_order.manage_kinds",
    menu: { label: ["工单类型", "Kinds of order"], icon: <TagsOutlined />, group: "work", order: 30 },
  },
];
