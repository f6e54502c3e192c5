import { AuditOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "audit",
    page: () => import("./AuditPage"),
    permission: "audit.read",
    menu: { label: ["审计日志", "Audit log"], icon: <AuditOutlined />, group: "system", order: 40 },
  },
];
