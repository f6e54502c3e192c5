import {
  type QueryKey,
  QueryClient,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { type Answer, type Body, type CallOptions, type Path, type SendOptions, api, newKey } from "./api";
import { Problem } from "./problem";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      placeholderData: keepPreviousData,
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.retryable),
    },
    mutations: { retry: false },
  },
});

/** The key of one read: the address first, so that all reads of it can be refreshed together. */
export const readKey = (path: string, options: CallOptions = {}): QueryKey => [
  path,
  options.path ?? null,
  options.query ?? null,
];

export type ReadOptions<T> = CallOptions &
  Pick<UseQueryOptions<T, Problem>, "enabled" | "refetchInterval" | "staleTime">;

/** `const { data, error, refetch } = useRead("/api/work-orders/{id}", { path: { id } })` */
export function useRead<P extends Path>(
  path: P,
  options: ReadOptions<Answer<P>> = {},
): UseQueryResult<Answer<P>, Problem> {
  const { enabled, refetchInterval, staleTime, ...call } = options;
  return useQuery<Answer<P>, Problem>({
    queryKey: readKey(path, call),
    queryFn: ({ signal }) => api.get(path, { ...call, signal }),
    enabled,
    refetchInterval,
    ...(staleTime === undefined ? {} : { staleTime }),
  });
}

/** Everything read from these addresses (and below them) is read again. */
export function refresh(client: QueryClient, paths: readonly string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => {
      const [path] = queryKey;
      return (
        typeof path === "string" && paths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))
      );
    },
  });
}

export function useRefresh(): (...paths: string[]) => Promise<void> {
  const client = useQueryClient();
  return useMemo(
    () =>
      (...paths: string[]) =>
        refresh(client, paths),
    [client],
  );
}

type Verb = "post" | "put" | "patch" | "delete";

/**
 * A write. `const close = useSend("post", "/api/work-orders/{id}/close", { refresh: ["/api/work-orders"] });`
 * then `close.mutate({ path: { id }, body, key })`.
 */
export function useSend<P extends Path, V extends Verb>(
  verb: V,
  path: P,
  options: { refresh?: readonly string[]; onDone?: (answer: Answer<P, V>) => void } = {},
): UseMutationResult<Answer<P, V>, Problem, SendOptions<Body<P, V>>> {
  const client = useQueryClient();
  return useMutation<Answer<P, V>, Problem, SendOptions<Body<P, V>>>({
    mutationFn: (send) => api[verb](path, send as never) as Promise<Answer<P, V>>,
    onSuccess: async (answer) => {
      options.onDone?.(answer);
      if (options.refresh) await refresh(client, options.refresh);
    },
  });
}

/** One key per opening of a form: made when it opens, made anew after `renew()` (call it once the form was taken). */
export function useIdempotencyKey(): { key: string; renew: () => void } {
  const [key, setKey] = useState(newKey);
  return { key, renew: () => setKey(newKey()) };
}
