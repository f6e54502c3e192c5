import { type ReactNode } from "react";

import { Timeline } from "@/kit/progress";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { say } from "./words";

/** Everything that happened to the order, newest first. */
export function History({ orderId }: { orderId: number }): ReactNode {
  const events = useRead("/api/hub/timeline", {
    query: { kind: "work_order", id: orderId, limit: 50 },
  });
  return (
    <Loaded query={events}>
      {(page) => (
        <Timeline
          items={page.items.map((event) => ({
            key: event.id,
            at: event.at,
            title: say(event.text),
            by: event.by_name,
          }))}
        />
      )}
    </Loaded>
  );
}
