import type { MenuGroup } from "@/kit/desk/AppFrame";
import { type ConsoleRoute, GROUPS, type GroupKey } from "@/kit/routes";
import type { useMay } from "@/kit/session";

/**
 * A domain joins by having a file: `domains/<name>/routes.tsx` for the console, `domains/<name>/phone.tsx` for the
 * phone. Both are small and eager; the pages they name are lazy.
 */
export function consoleRoutes(): readonly ConsoleRoute[] {
  const files = import.meta.glob<{ routes: readonly ConsoleRoute[] }>("../domains/*/routes.tsx", {
    eager: true,
  });
  return Object.values(files).flatMap((file) => file.routes);
}

export const consolePath = (path: string): string => (path ? `/console/${path}` : "/console");

/** The menu for somebody with these permissions; empty groups are left out. */
export function menuFor(routes: readonly ConsoleRoute[], may: ReturnType<typeof useMay>): MenuGroup[] {
  const groups = Object.keys(GROUPS) as GroupKey[];
  return groups
    .map((key) => ({
      key,
      label: GROUPS[key] ?? undefined,
      entries: routes
        .filter((route) => route.menu?.group === key && may(route.permission))
        .sort((one, other) => (one.menu?.order ?? 50) - (other.menu?.order ?? 50))
        .flatMap((route) =>
          route.menu
            ? [
                {
                  path: consolePath(route.path),
                  label: route.menu.label,
                  icon: route.menu.icon,
                  end: route.path === "",
                },
              ]
            : [],
        ),
    }))
    .filter((group) => group.entries.length > 0);
}
