import { PayCircleOutline } from "antd-mobile-icons";

import type { PhoneRoute } from "@/kit/routes";

export const phoneRoutes: readonly PhoneRoute[] = [
  {
    path: "earnings",
    page: () => import("./MyEarningsPage"),
    permission: "settlement.read",
    tab: { label: ["收益", "Earnings"], icon: <PayCircleOutline />, order: 30 },
  },
  { path: "earnings/:id", page: () => import("./MyEarningPage"), permission: "settlement.read" },
];
