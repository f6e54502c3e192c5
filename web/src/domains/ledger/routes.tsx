import { BankOutlined, LockOutlined, SafetyCertificateOutlined, SwapOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "ledger/transactions",
    page: () => import("./TransactionsPage"),
    permission: "ledger.read",
    menu: { label: ["流水", "Transactions"], icon: <SwapOutlined />, group: "money", order: 50 },
  },
  {
    path: "ledger/accounts",
    page: () => import("./AccountsPage"),
    permission: "ledger.read",
    menu: { label: ["账户", "Accounts"], icon: <BankOutlined />, group: "money", order: 40 },
  },
  {
    path: "ledger/holds",
    page: () => import("./HoldsPage"),
    permission: "ledger.read",
    menu: { label: ["冻结", "Holds"], icon: <LockOutlined />, group: "money", order: 55 },
  },
  {
    path: "ledger/checks",
    page: () => import("./ChecksPage"),
    permission: "ledger.read",
    menu: {
      label: ["账目核对", "Ledger checks"],
      icon: <SafetyCertificateOutlined />,
      group: "money",
      order: 60,
    },
  },
  { path: "ledger/accounts/:id", page: () => import("./AccountPage"), permission: "ledger.read" },
  { path: "ledger/transactions/:id", page: () => import("./TransactionPage"), permission: "ledger.read" },
];
