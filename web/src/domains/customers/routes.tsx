import { TeamOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "customers",
    page: () => import("./CustomersPage"),
    permission: "customer.read",
    menu: { label: ["客户", "Customers"], icon: <TeamOutlined />, group: "customers", order: 10 },
  },
  { path: "customers/:id", page: () => import("./CustomerPage"), permission: "customer.read" },
];
