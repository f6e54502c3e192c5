import { NodeIndexOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "events",
    page: () => import("./HubPage"),
    permission: "hub.read",
    menu: { label: ["事件投递", "Event delivery"], icon: <NodeIndexOutlined />, group: "system", order: 35 },
  },
];
