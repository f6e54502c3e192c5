import { AccountBookOutlined, FundOutlined, MoneyCollectOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "settlement/earnings",
    page: () => import("./EarningsPage"),
    permission: "settlement.read",
    menu: { label: ["收益", "Earnings"], icon: <FundOutlined />, group: "money", order: 10 },
  },
  {
    path: "settlement/payouts",
    page: () => import("./PayoutsPage"),
    permission: "settlement.payout_read",
    menu: { label: ["打款", "Payouts"], icon: <MoneyCollectOutlined />, group: "money", order: 20 },
  },
  { path: "settlement/payouts/:id", page: () => import("./BatchPage"), permission: "settlement.payout_read" },
  {
    path: "settlement/plans",
    page: () => import("./PlansPage"),
    permission: "settlement.plan_read",
    menu: { label: ["结算方案", "Plans"], icon: <AccountBookOutlined />, group: "money", order: 30 },
  },
  { path: "settlement/plans/:id", page: () => import("./PlanPage"), permission: "settlement.plan_read" },
];
