import { type UseQueryResult, useQuery } from "@tanstack/react-query";

import { currentContact } from "./jssdk";

/** Whom the open chat is with. */
export function useContact(): UseQueryResult<string> {
  return useQuery<string>({
    queryKey: ["wecom-contact"],
    queryFn: currentContact,
    retry: false,
    staleTime: Infinity,
  });
}
