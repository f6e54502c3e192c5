import { ThunderboltOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "jobs",
    page: () => import("./JobsPage"),
    permission: "jobs.read",
    menu: { label: ["后台任务", "Jobs"], icon: <ThunderboltOutlined />, group: "system", order: 30 },
  },
];
