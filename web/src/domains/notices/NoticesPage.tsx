import { Button } from "antd";
import { type ReactNode } from "react";
import { Link } from "react-router";

import type { Answer } from "@/kit/api";
import { type ColumnSpec, TablePage } from "@/kit/desk/table/TablePage";
import { kitTexts } from "@/kit/kitTexts";
import { Status } from "@/kit/marks";
import { useSend } from "@/kit/query";
import { useSession } from "@/kit/session";
import { Time } from "@/kit/Time";

import "./notices.css";
import { texts } from "./texts";

type Notice = Answer<"/api/notices">["items"][number];

export default function NoticesPage(): ReactNode {
  const t = texts.use();
  const { staff } = useSession();
  const readAll = useSend("post", "/api/notices/read-all", { refresh: ["/api/notices"] });
  const columns: ColumnSpec<Notice>[] = [
    { key: "text", title: t("notice"), fixed: true, render: (row) => <Words notice={row} /> },
    { key: "at", title: t("at"), width: 160, render: (row) => <Time at={row.at} /> },
  ];
  return (
    <TablePage<Notice>
      title={t("title")}
      purpose={t("purpose")}
      path="/api/notices"
      exportable={false}
      live={staff ? [`staff:${staff.id}`] : []}
      columns={columns}
      views={[{ key: "unread", label: t("unread"), filters: { unread: "true" } }]}
      action={
        <>
          <Link to="/console/me#notices">
            <Button>{t("preferences")}</Button>
          </Link>
          <Button onClick={() => readAll.mutate({})}>{t("readAll")}</Button>
        </>
      }
      empty={{ title: kitTexts.t("noNotices"), hint: kitTexts.t("noNoticesHint") }}
    />
  );
}

function Words({ notice }: { notice: Notice }): ReactNode {
  const t = texts.use();
  const read = useSend("post", "/api/notices/{notice_id}/read", { refresh: ["/api/notices"] });
  const seen = () => {
    if (!notice.read_at) read.mutate({ path: { notice_id: notice.id } });
  };
  const words = (
    <>
      {notice.text} {notice.urgent ? <Status tone="warn">{t("urgent")}</Status> : null}
    </>
  );
  const name = notice.read_at ? "sn-soft" : "sn-notice-text";
  return notice.link ? (
    <Link to={notice.link} onClick={seen} className={name}>
      {words}
    </Link>
  ) : (
    <button type="button" className={`sn-link ${name}`} onClick={seen}>
      {words}
    </button>
  );
}
