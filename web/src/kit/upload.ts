import { callHeaders } from "./api";
import { kitTexts } from "./kitTexts";
import { Problem, toProblem } from "./problem";

/** A file as `/api/files` answers. */
export interface StoredFile {
  id: number;
  name: string;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
}

export interface UploadOptions {
  purpose: string;
  /** Another door, as the customer's page has. */
  path?: string;
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends one file; XMLHttpRequest because fetch does not tell how far it got. */
export function uploadFile(file: Blob, name: string, options: UploadOptions): Promise<StoredFile> {
  const form = new FormData();
  form.append("purpose", options.purpose);
  form.append("file", file, name);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", options.path ?? "/api/files");
    request.responseType = "json";
    for (const [header, value] of Object.entries(callHeaders())) request.setRequestHeader(header, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status < 300) done(request.response as StoredFile);
      else fail(toProblem(request.status, request.response, kitTexts.t("failed")));
    };
    request.onerror = () => fail(new Problem(0, "http.unreachable", kitTexts.t("networkFailed")));
    request.onabort = () => fail(new DOMException("aborted", "AbortError"));
    options.signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
