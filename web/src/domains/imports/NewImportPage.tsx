import { DownloadOutlined, InboxOutlined } from "@ant-design/icons";
import { Button, Segmented, Upload } from "antd";
import { type ReactNode, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { type Answer, api, downloadUrl } from "@/kit/api";
import { useToast } from "@/kit/desk/feedback";
import { useIdempotencyKey, useRead } from "@/kit/query";
import { Empty, Loaded } from "@/kit/states";
import { uploadFile } from "@/kit/upload";

import { ImportFrame } from "./ImportFrame";
import { texts } from "./texts";

type Kind = Answer<"/api/imports/kinds">[number];

export default function NewImportPage(): ReactNode {
  const kinds = useRead("/api/imports/kinds");
  return (
    <ImportFrame step={0}>
      <Loaded query={kinds}>{(all) => (all[0] ? <Choose kinds={all} /> : <Empty />)}</Loaded>
    </ImportFrame>
  );
}

function Choose({ kinds }: { kinds: readonly Kind[] }): ReactNode {
  const t = texts.use();
  const toast = useToast();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const { key, renew } = useIdempotencyKey();
  const kind = kinds.find((one) => one.key === search.get("kind")) ?? kinds[0];
  if (!kind) return null;

  const begin = async (file: File) => {
    setBusy(true);
    try {
      const stored = await uploadFile(file, file.name, { purpose: "import" });
      const run = await api.post("/api/imports", { body: { importer: kind.key, file_id: stored.id }, key });
      void navigate(`/console/imports/${run.id}`);
    } catch (error) {
      renew();
      setBusy(false);
      toast.failed(error);
    }
  };
  return (
    <div className="sn-stack">
      <Segmented
        aria-label={t("kind")}
        value={kind.key}
        onChange={(next) => setSearch({ kind: next }, { replace: true })}
        options={kinds.map((one) => ({ value: one.key, label: one.name }))}
      />
      <p className="sn-soft" style={{ margin: 0 }}>
        <Button
          icon={<DownloadOutlined />}
          href={downloadUrl("/api/imports/template", { importer: kind.key, format: "xlsx" })}
        >
          {t("template")}
        </Button>{" "}
        {t("templateHint")}
      </p>
      <Upload.Dragger
        accept=".xlsx,.xls,.csv"
        maxCount={1}
        showUploadList={false}
        disabled={busy}
        beforeUpload={(file) => (void begin(file), Upload.LIST_IGNORE)}
      >
        <p style={{ fontSize: 32, margin: 0 }} aria-hidden="true">
          <InboxOutlined />
        </p>
        <p>{busy ? t("reading") : t("drop")}</p>
      </Upload.Dragger>
    </div>
  );
}
