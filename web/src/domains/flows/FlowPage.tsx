import { Table } from "antd";
import { type ReactNode, useState } from "react";
import { useParams } from "react-router";

import { PageFrame, Section, Split } from "@/kit/desk/PageFrame";
import { Status } from "@/kit/marks";
import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";
import { Time } from "@/kit/Time";

import { FlowPicture } from "./FlowPicture";
import { texts } from "./texts";
import { type FlowDocument, type VersionRow, say } from "./types";

/** One flow: the picture of a version, and all versions. */
export default function FlowPage(): ReactNode {
  const t = texts.use();
  const key = useParams()["key"] ?? "";
  const flow = useRead("/api/flows/{key}", { path: { key } });
  const versions = useRead("/api/flows/{key}/versions", { path: { key } });
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = chosen ?? flow.data?.version_id ?? null;
  const document = useRead("/api/flow-versions/{version_id}/document", {
    path: { version_id: shown ?? 0 },
    enabled: shown !== null,
  });
  return (
    <PageFrame title={say(flow.data?.name)} purpose={t("readOnly")} back="/console/flows">
      <Split
        main={
          <Section title={t("picture")}>
            <Loaded query={document}>
              {(found) => <FlowPicture document={found as unknown as FlowDocument} />}
            </Loaded>
          </Section>
        }
        side={
          <Section title={t("versions")} flush>
            <Loaded query={versions}>
              {(rows) => (
                <Table<VersionRow>
                  size="small"
                  rowKey="id"
                  pagination={false}
                  dataSource={[...rows]}
                  onRow={(row) => ({ onClick: () => setChosen(row.id), style: { cursor: "pointer" } })}
                  rowClassName={(row) => (row.id === shown ? "ant-table-row-selected" : "")}
                  columns={[
                    {
                      title: t("version"),
                      render: (_, row) => (
                        <button type="button" className="sn-link" onClick={() => setChosen(row.id)}>
                          {t("versionNo", { number: row.number })}
                        </button>
                      ),
                    },
                    { title: t("published"), render: (_, row) => <Time at={row.published_at} /> },
                    { title: t("running"), align: "right", render: (_, row) => row.running },
                    {
                      title: "",
                      render: (_, row) => (row.current ? <Status tone="good">{t("current")}</Status> : null),
                    },
                  ]}
                />
              )}
            </Loaded>
          </Section>
        }
      />
    </PageFrame>
  );
}
