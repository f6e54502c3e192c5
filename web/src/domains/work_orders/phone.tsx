import { UnorderedListOutline } from "antd-mobile-icons";

import type { PhoneRoute } from "@/kit/routes";

export const phoneRoutes: readonly PhoneRoute[] = [
  {
    path: "",
    page: () => import("./phone/InboxPage"),
    tab: { label: ["工单", "Orders"], icon: <UnorderedListOutline />, order: 10 },
  },
  { path: "orders/:id", page: () => import("./phone/OrderPage") },
  // where the messages of WeCom lead: the console's address, on the phone
  { path: "work-orders/:id", page: () => import("./phone/OrderPage") },
];
