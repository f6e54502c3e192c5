import { type ReactNode } from "react";

import { useRead } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { texts } from "./texts";

const SHOWN = 10;
// the platform tells us within a second or two; lines of chat are read again while the page is open
const EVERY_MS = 5_000;

/** The last lines of chat, oldest first. */
export function Messages({ externalUserid }: { externalUserid: string }): ReactNode {
  const t = texts.use();
  const messages = useMessages(externalUserid);
  return (
    <Loaded query={messages}>
      {(lines) =>
        lines.length === 0 ? (
          <Empty title={t("noMessages")} hint={t("noMessagesHint")} />
        ) : (
          <ol className="sb-chat">
            {lines.map((line) => (
              <li key={line.id} className={line.direction === "from_contact" ? undefined : "sb-mine"}>
                <small>
                  {line.direction === "from_contact" ? t("customerSays") : t("staffSays")}{" "}
                  <Time at={line.sent_at} />
                </small>
                <p>{line.text}</p>
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}

export function useMessages(externalUserid: string) {
  return useRead("/api/channels/messages", {
    query: { external_userid: [externalUserid], limit: SHOWN },
    refetchInterval: EVERY_MS,
  });
}
