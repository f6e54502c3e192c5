import { ImportOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "imports",
    page: () => import("./ImportsPage"),
    menu: { label: ["导入", "Imports"], icon: <ImportOutlined />, group: "system", order: 10 },
  },
  { path: "imports/new", page: () => import("./NewImportPage") },
  { path: "imports/:id", page: () => import("./ImportPage") },
];
