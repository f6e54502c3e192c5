import { Button } from "antd";
import { type ReactNode } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { kitTexts } from "@/kit/kitTexts";
import { useRead, useSend } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import "./notices.css";

type Notice = Answer<"/api/notices">["items"][number];

/** The newest notices, in the drawer behind the bell. */
export function NoticePanel({ onClose }: { onClose: () => void }): ReactNode {
  const t = kitTexts.use();
  const list = useRead("/api/notices", { query: { limit: 30 } });
  const readAll = useSend("post", "/api/notices/read-all", { refresh: ["/api/notices"] });
  return (
    <Loaded query={list}>
      {(page) =>
        page.items.length === 0 ? (
          <Empty title={t("noNotices")} hint={t("noNoticesHint")} />
        ) : (
          <>
            <div className="sn-notices-tools">
              <Button
                type="link"
                size="small"
                disabled={page.items.every((one) => one.read_at)}
                onClick={() => readAll.mutate({})}
              >
                {t("readAll")}
              </Button>
              <Link to="/console/notices" onClick={onClose}>
                {t("allNotices")}
              </Link>
            </div>
            <ul className="sn-notices">
              {page.items.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} onOpen={onClose} />
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}

function NoticeRow({ notice, onOpen }: { notice: Notice; onOpen?: () => void }): ReactNode {
  const read = useSend("post", "/api/notices/{notice_id}/read", { refresh: ["/api/notices"] });
  const open = () => {
    if (!notice.read_at) read.mutate({ path: { notice_id: notice.id } });
    onOpen?.();
  };
  const words = (
    <>
      <span className="sn-notice-text">{notice.text}</span>
      <Time at={notice.at} />
    </>
  );
  return (
    <li className={notice.read_at ? undefined : "sn-notice-new"}>
      {notice.link ? (
        <Link to={notice.link} onClick={open}>
          {words}
        </Link>
      ) : (
        <button type="button" onClick={open}>
          {words}
        </button>
      )}
    </li>
  );
}
