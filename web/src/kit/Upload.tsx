import { type ReactNode, useEffect, useId, useRef, useState } from "react";

import { fileSize } from "./format";
import { compressImage } from "./image";
import { kitTexts } from "./kitTexts";
import { Problem } from "./problem";
import { type StoredFile, uploadFile } from "./upload";

export interface UploadProps {
  /** What it is for; the server keeps it. */
  purpose: string;
  value?: readonly StoredFile[];
  onChange?: (files: readonly StoredFile[]) => void;
  max?: number;
  /** Photos only, camera first. */
  camera?: boolean;
  accept?: string;
  /** Another door than `/api/files`. */
  path?: string;
  label?: string;
}

interface Going {
  key: string;
  name: string;
  file: File;
  share: number | null;
  error: string | null;
}

/** Files with thumbnails and progress; photos are made smaller before they leave. Works inside `Field`. */
export function Upload(props: UploadProps): ReactNode {
  const { purpose, value = [], onChange, max = 9, camera, path } = props;
  const t = kitTexts.use();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [going, setGoing] = useState<readonly Going[]>([]);
  const files = useRef(value);
  useEffect(() => {
    files.current = value;
  }, [value]);

  const patch = (key: string, change: Partial<Going>) =>
    setGoing((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const drop = (key: string) => setGoing((all) => all.filter((one) => one.key !== key));

  const send = async (one: Going) => {
    patch(one.key, { error: null, share: null });
    try {
      const file = await compressImage(one.file);
      const stored = await uploadFile(file, file.name, {
        purpose,
        path,
        onProgress: (share) => patch(one.key, { share }),
      });
      drop(one.key);
      files.current = [...files.current, stored];
      onChange?.(files.current);
    } catch (error) {
      patch(one.key, { error: error instanceof Problem ? error.message : t("failed") });
    }
  };

  const add = (list: FileList | null) => {
    const room = max - value.length - going.length;
    const added = [...(list ?? [])].slice(0, Math.max(0, room)).map((file, index): Going => ({
      key: `${Date.now()}-${index}-${file.name}`,
      name: file.name,
      file,
      share: null,
      error: null,
    }));
    setGoing((all) => [...all, ...added]);
    for (const one of added) void send(one);
    if (input.current) input.current.value = "";
  };

  return (
    <div className="sn-upload">
      {value.map((file) => (
        <div key={file.id} className="sn-upload-item">
          <Thumb file={file} />
          {onChange ? (
            <button
              type="button"
              className="sn-upload-drop"
              aria-label={t("removeFile", { name: file.name })}
              onClick={() => onChange(value.filter((other) => other.id !== file.id))}
            >
              ×
            </button>
          ) : null}
        </div>
      ))}
      {going.map((one) => (
        <div key={one.key} className={`sn-upload-item${one.error ? " sn-upload-failed" : ""}`}>
          {one.error ? (
            <button
              type="button"
              className="sn-upload-retry"
              onClick={() => void send(one)}
              title={one.error}
            >
              <span role="alert">{one.error}</span>
              <b>{t("retry")}</b>
            </button>
          ) : (
            <span className="sn-upload-going" role="status">
              {one.share === null ? t("compressing") : `${Math.round(one.share * 100)}%`}
            </span>
          )}
          {one.error ? (
            <button
              type="button"
              className="sn-upload-drop"
              aria-label={t("removeFile", { name: one.name })}
              onClick={() => drop(one.key)}
            >
              ×
            </button>
          ) : null}
        </div>
      ))}
      {onChange && value.length + going.length < max ? (
        <label className="sn-upload-add" htmlFor={id}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            {camera ? (
              <path d="M4 8h3l1.5-2.5h7L17 8h3v11H4zM12 16.5a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4z" />
            ) : (
              <path d="M12 5v14M5 12h14" />
            )}
          </svg>
          <span>{props.label ?? (camera ? t("takePhoto") : t("addFile"))}</span>
          <input
            ref={input}
            id={id}
            type="file"
            multiple={max > 1}
            accept={props.accept ?? (camera ? "image/*" : undefined)}
            capture={camera ? "environment" : undefined}
            onChange={(event) => add(event.target.files)}
          />
        </label>
      ) : null}
    </div>
  );
}

/** One stored file: its picture, or its name and size; opens it. */
export function Thumb({ file }: { file: StoredFile }): ReactNode {
  const picture = file.mime.startsWith("image/");
  return (
    <a className="sn-thumb" href={file.url} target="_blank" rel="noreferrer" title={file.name}>
      {picture ? (
        <img src={`${file.url}/thumb`} alt={file.name} loading="lazy" />
      ) : (
        <span className="sn-thumb-name">
          {file.name}
          <small>{fileSize(file.size)}</small>
        </span>
      )}
    </a>
  );
}

/** Stored files, to look at. */
export function FileList({ files }: { files: readonly StoredFile[] }): ReactNode {
  if (files.length === 0) return <span className="sn-faint">—</span>;
  return (
    <div className="sn-upload">
      {files.map((file) => (
        <div key={file.id} className="sn-upload-item">
          <Thumb file={file} />
        </div>
      ))}
    </div>
  );
}
