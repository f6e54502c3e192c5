import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [{ path: "me", page: () => import("./MePage") }];
