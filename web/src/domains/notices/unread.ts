import { useLive } from "@/kit/live";
import { queryClient, refresh, useRead } from "@/kit/query";
import { useSession } from "@/kit/session";

/** How many notices wait for this person; moves by itself. */
export function useUnreadNotices(): number {
  const { staff } = useSession();
  const { data } = useRead("/api/notices/unread", { enabled: staff !== null, refetchInterval: 120_000 });
  useLive(staff ? [`staff:${staff.id}`] : [], () => void refresh(queryClient, ["/api/notices"]));
  return Number((data as { count?: number } | undefined)?.count ?? 0);
}
