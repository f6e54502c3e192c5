import { UserOutline } from "antd-mobile-icons";

import type { PhoneRoute } from "@/kit/routes";

export const phoneRoutes: readonly PhoneRoute[] = [
  {
    path: "me",
    page: () => import("./phone/MyPage"),
    tab: { label: ["我的", "Me"], icon: <UserOutline />, order: 90 },
  },
];
