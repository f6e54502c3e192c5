import { PartitionOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "flows",
    page: () => import("./FlowsPage"),
    permission: "flow.publish",
    menu: { label: ["流程", "Flows"], icon: <PartitionOutlined />, group: "work", order: 40 },
  },
  { path: "flows/:key", page: () => import("./FlowPage"), permission: "flow.read" },
];
