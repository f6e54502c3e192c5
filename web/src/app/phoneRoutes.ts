import type { PhoneRoute } from "@/kit/routes";

/** Every domain's `phone.tsx`. */
export function phoneRoutes(): readonly PhoneRoute[] {
  const files = import.meta.glob<{ phoneRoutes: readonly PhoneRoute[] }>("../domains/*/phone.tsx", {
    eager: true,
  });
  return Object.values(files).flatMap((file) => file.phoneRoutes);
}
