import { ImportOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

/** Whoever may bring in any of the kinds there are. */
const permission = [
  "org.staff_write",
  "org.unit_write",
  "customer.import",
  "product.manage",
  "spare_part.manage",
  "shop_order.import",
];

export const routes: readonly ConsoleRoute[] = [
  {
    path: "imports",
    page: () => import("./ImportsPage"),
    permission,
    menu: { label: ["导入", "Imports"], icon: <ImportOutlined />, group: "system", order: 10 },
  },
  { path: "imports/new", page: () => import("./NewImportPage"), permission },
  { path: "imports/:id", page: () => import("./ImportPage"), permission },
];
