import { HomeOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "",
    page: () => import("./HomePage"),
    menu: { label: ["首页", "Home"], icon: <HomeOutlined />, group: "home", order: 0 },
  },
];
