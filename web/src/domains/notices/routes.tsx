import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [{ path: "notices", page: () => import("./NoticesPage") }];
