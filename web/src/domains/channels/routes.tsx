import { ApiOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "channels",
    page: () => import("./ChannelsPage"),
    permission: "channel.configure",
    menu: { label: ["渠道", "Channels"], icon: <ApiOutlined />, group: "system", order: 10 },
  },
];
