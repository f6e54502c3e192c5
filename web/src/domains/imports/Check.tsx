import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { type Answer, api, downloadUrl } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { useIdempotencyKey, useRead, useRefresh } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { type Import } from "./marks";
import { texts } from "./texts";

type Row = Answer<"/api/imports/{import_id}/rows">["rows"][number];

/** Every row before it is written: what is wrong stands in the row. */
export function Check({ run, onBack }: { run: Import; onBack: () => void }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const refresh = useRefresh();
  const { key } = useIdempotencyKey();
  const [faulty, setFaulty] = useState(run.faulty > 0);
  const [limit, setLimit] = useState(50);
  const rows = useRead("/api/imports/{import_id}/rows", {
    path: { import_id: run.id },
    query: { limit, faulty: faulty ? true : undefined },
  });
  const start = () =>
    api
      .post("/api/imports/{import_id}/start", { path: { import_id: run.id }, key })
      .then(() => refresh("/api/imports"), toast.failed);
  return (
    <div className="sn-stack">
      {run.faulty === 0 ? (
        <Alert type="success" showIcon title={t("allSound", { count: run.total })} />
      ) : (
        <Alert
          type="warning"
          showIcon
          title={t("someFaulty", { count: run.faulty, total: run.total })}
          description={t("faultyHint")}
        />
      )}
      {run.faulty > 0 ? (
        <div className="sn-filters">
          <Button
            icon={<DownloadOutlined />}
            href={downloadUrl(`/api/imports/${run.id}/faulty`, { format: "xlsx" })}
          >
            {t("downloadFaulty")}
          </Button>
          <Checkbox checked={faulty} onChange={(event) => setFaulty(event.target.checked)}>
            {t("onlyFaulty")}
          </Checkbox>
        </div>
      ) : null}
      <Loaded query={rows} rows={6}>
        {(page) => (
          <>
            <Sheet run={run} rows={page.rows} />
            {page.next === null || limit >= 200 ? null : (
              <Button type="link" onClick={() => setLimit(200)}>
                {t("more")}
              </Button>
            )}
          </>
        )}
      </Loaded>
      <div className="sn-filters">
        <Button onClick={onBack}>{t("back")}</Button>
        {run.faulty === 0 ? (
          <Button type="primary" onClick={() => void start()}>
            {t("run", { count: run.total })}
          </Button>
        ) : (
          <Link to={`/console/imports/new?kind=${run.importer}`}>
            <Button type="primary">{t("again")}</Button>
          </Link>
        )}
      </div>
    </div>
  );
}

function Sheet({ run, rows }: { run: Import; rows: readonly Row[] }): ReactNode {
  const t = texts.use();
  const columnAt = Object.fromEntries(Object.entries(run.mapping).map(([key, place]) => [place, key]));
  return (
    <div style={{ overflowX: "auto" }}>
      <table className="sn-plain-table">
        <thead>
          <tr>
            <th>{t("rowNumber")}</th>
            {run.header.map((name, place) => (
              <th key={place}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <td className="sn-number">
                {row.number}
                {row.faults
                  .filter((fault) => !fault.column || run.mapping[fault.column] === undefined)
                  .map((fault, index) => (
                    <div key={index} className="sn-fault">
                      {fault.message}
                    </div>
                  ))}
              </td>
              {run.header.map((_, place) => (
                <td key={place} className={columnAt[place] === undefined ? "sn-faint" : undefined}>
                  {row.cells[place]}
                  {row.faults
                    .filter((fault) => fault.column !== "" && fault.column === columnAt[place])
                    .map((fault, index) => (
                      <div key={index} className="sn-fault">
                        {fault.message}
                      </div>
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
