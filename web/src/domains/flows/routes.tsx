import { PartitionOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "flows",
    page: () => import("./FlowsPage"),
    permission: "flow.design",
    menu: { label: ["流程", "Flows"], icon: <PartitionOutlined />, group: "work", order: 40 },
  },
  { path: "flows/:key", page: () => import("./FlowPage"), permission: "flow.read" },
  { path: "flows/:key/compare", page: () => import("./ComparePage"), permission: "flow.read" },
  { path: "flows/:key/design", page: () => import("./designer/DesignerPage"), permission: "flow.read" },
];
