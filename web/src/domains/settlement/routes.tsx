import {
  AccountBookOutlined,
  CalendarOutlined,
  FundOutlined,
  GiftOutlined,
  MoneyCollectOutlined,
  PlayCircleOutlined,
} from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "settlement/earnings",
    page: () => import("./EarningsPage"),
    permission: "settlement.read",
    menu: { label: ["收益", "Earnings"], icon: <FundOutlined />, group: "money", order: 10 },
  },
  {
    path: "settlement/runs",
    page: () => import("./RunsPage"),
    permission: "settlement.run_read",
    menu: { label: ["结算运行", "Runs"], icon: <PlayCircleOutlined />, group: "money", order: 12 },
  },
  { path: "settlement/runs/:id", page: () => import("./RunPage"), permission: "settlement.run_read" },
  {
    path: "settlement/periods",
    page: () => import("./PeriodsPage"),
    permission: "settlement.period_read",
    menu: { label: ["账期", "Periods"], icon: <CalendarOutlined />, group: "money", order: 14 },
  },
  {
    path: "settlement/funds",
    page: () => import("./FundsPage"),
    permission: "settlement.fund_read",
    menu: { label: ["推广基金", "Promotion funds"], icon: <GiftOutlined />, group: "money", order: 25 },
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
