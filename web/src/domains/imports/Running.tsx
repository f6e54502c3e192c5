import { Alert, Button } from "antd";
import { type ReactNode } from "react";
import { Link } from "react-router";

import { Progress } from "@/kit/progress";
import { useNow } from "@/kit/Time";

import { type Import } from "./marks";
import { texts } from "./texts";

/** How far the writing is, and how it ended. */
export function Running({ run }: { run: Import }): ReactNode {
  const t = texts.use();
  const now = useNow(1_000);
  if (run.status === "queued" || run.status === "running") {
    return (
      <>
        <Progress done={run.done} total={run.total} startedAt={run.started_at ?? undefined} now={now} />
        <p className="sn-soft">{t("running")}</p>
      </>
    );
  }
  return (
    <div className="sn-stack">
      {run.status === "done" ? (
        <Alert type="success" showIcon title={t("done", { count: run.imported })} />
      ) : (
        <Alert type="error" showIcon title={t("failed")} description={run.message} />
      )}
      <div className="sn-filters">
        <Link to="/console/imports">
          <Button>{t("seeAll")}</Button>
        </Link>
        <Link to={`/console/imports/new?kind=${run.importer}`}>
          <Button type="primary">{run.status === "done" ? t("another") : t("again")}</Button>
        </Link>
      </div>
    </div>
  );
}
