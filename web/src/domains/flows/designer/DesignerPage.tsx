import { type ReactNode, useEffect } from "react";
import { useParams } from "react-router";

import { queryClient, readKey, useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { Designer } from "./Designer";

/** Draws a flow: its draft, or where there is none its current version. */
export default function DesignerPage(): ReactNode {
  const key = useParams()["key"] ?? "";
  const flow = useRead("/api/flows/{key}", { path: { key } });
  // read once while it is drawn, and anew the next time
  const draft = useRead("/api/flows/{key}/draft", { path: { key }, staleTime: Infinity });
  const choices = useRead("/api/flow-choices", { staleTime: 60_000 });
  const declared = useRead("/api/hub/declarations", { staleTime: 60_000 });
  useEffect(
    () => () => queryClient.removeQueries({ queryKey: readKey("/api/flows/{key}/draft", { path: { key } }) }),
    [key],
  );
  return (
    <Loaded query={flow}>
      {(row) => (
        <Loaded query={draft}>
          {(found) => (
            <Designer
              key={row.key}
              flow={row}
              draft={found}
              choices={choices.data}
              declared={declared.data}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
