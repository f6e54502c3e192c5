import { type ReactNode, useState } from "react";

import { Stars } from "@/kit/customer/CustomerFrame";
import { phoneToast } from "@/kit/phone/PhoneFrame";
import { SignaturePad } from "@/kit/SignaturePad";
import { Upload } from "@/kit/Upload";
import { type StoredFile, uploadFile } from "@/kit/upload";

import { phoneTexts } from "../texts";
import { type Words, say } from "../words";

/** A field of a flow's form, as far as the phone draws it. */
export interface FormField {
  key: string;
  type: string;
  name: Words;
  help?: Words | null;
  required?: boolean;
  multiline?: boolean;
  max_length?: number;
  min_count?: number;
  max_count?: number;
  options?: { key: string; name: Words }[];
}

export type Answers = Record<string, unknown>;

interface InputProps {
  field: FormField;
  wrong?: string | undefined;
  onChange: (value: unknown) => void;
}

/** One field with its label and, when the server objects, what is wrong with it. */
export function FieldInput({ field, wrong, onChange }: InputProps): ReactNode {
  const id = `field-${field.key}`;
  return (
    <div className="wo-field">
      <label htmlFor={id} className="wo-label">
        {say(field.name)}
        {field.required ? " *" : ""}
      </label>
      <Control id={id} field={field} onChange={onChange} />
      {field.help ? <p className="sn-faint">{say(field.help)}</p> : null}
      {wrong ? (
        <p className="wo-wrong" role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

function Control({
  id,
  field,
  onChange,
}: {
  id: string;
  field: FormField;
  onChange: InputProps["onChange"];
}): ReactNode {
  const label = say(field.name);
  switch (field.type) {
    case "images":
      return <Photos field={field} onChange={onChange} />;
    case "signature":
      return <Signature onChange={onChange} />;
    case "location":
      return <Place onChange={onChange} />;
    case "rating":
      return <Rate label={label} onChange={onChange} />;
    case "select":
      return (
        <select id={id} className="wo-text" onChange={(event) => onChange(event.target.value || null)}>
          <option value="" />
          {field.options?.map((option) => (
            <option key={option.key} value={option.key}>
              {say(option.name)}
            </option>
          ))}
        </select>
      );
    case "yes_no":
      return <input id={id} type="checkbox" onChange={(event) => onChange(event.target.checked)} />;
    default:
      return field.multiline ? (
        <textarea
          id={id}
          className="wo-text"
          maxLength={field.max_length}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <input
          id={id}
          className="wo-text"
          style={{ minHeight: 44 }}
          type={field.type === "date" ? "date" : field.type === "phone" ? "tel" : "text"}
          inputMode={field.type === "number" || field.type === "money" ? "decimal" : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

function Photos({ field, onChange }: { field: FormField; onChange: InputProps["onChange"] }): ReactNode {
  const [files, setFiles] = useState<readonly StoredFile[]>([]);
  return (
    <Upload
      purpose="work_order"
      camera
      max={field.max_count ?? 9}
      value={files}
      onChange={(next) => {
        setFiles(next);
        onChange(next.map((file) => file.id));
      }}
    />
  );
}

function Signature({ onChange }: { onChange: InputProps["onChange"] }): ReactNode {
  const t = phoneTexts.use();
  const [picture, setPicture] = useState<Blob | null>(null);
  const [stored, setStored] = useState<StoredFile | null>(null);
  const [busy, setBusy] = useState(false);
  if (stored) {
    return (
      <>
        <img className="wo-signed" alt={t("signatureSaved")} src={`${stored.url}/thumb`} />
        <button
          type="button"
          className="sn-button"
          onClick={() => {
            setStored(null);
            onChange(null);
          }}
        >
          {t("signAgain")}
        </button>
      </>
    );
  }
  const save = (blob: Blob) => {
    setBusy(true);
    uploadFile(blob, "signature.png", { purpose: "work_order" })
      .then((file) => {
        setStored(file);
        onChange(file.id);
      }, phoneToast.failed)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <SignaturePad onChange={setPicture} />
      {picture ? (
        <button
          type="button"
          className="sn-button sn-button-large"
          disabled={busy}
          onClick={() => save(picture)}
        >
          {t("saveSignature")}
        </button>
      ) : null}
    </>
  );
}

function Place({ onChange }: { onChange: InputProps["onChange"] }): ReactNode {
  const t = phoneTexts.use();
  const [state, setState] = useState<"none" | "busy" | "failed" | number>("none");
  const take = () => {
    setState("busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        onChange({ lat: coords.latitude, lng: coords.longitude, accuracy: Math.round(coords.accuracy) });
        setState(Math.round(coords.accuracy));
      },
      () => setState("failed"),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  };
  return (
    <>
      <button type="button" className="sn-button sn-button-large" disabled={state === "busy"} onClick={take}>
        {state === "busy"
          ? t("locating")
          : typeof state === "number"
            ? t("located", { accuracy: state })
            : t("locate")}
      </button>
      {state === "failed" ? (
        <p className="wo-wrong" role="alert">
          {t("locateFailed")}
        </p>
      ) : null}
    </>
  );
}

function Rate({ label, onChange }: { label: string; onChange: InputProps["onChange"] }): ReactNode {
  const [value, setValue] = useState<number | null>(null);
  return (
    <Stars
      value={value}
      label={label}
      onChange={(stars) => {
        setValue(stars);
        onChange(stars);
      }}
    />
  );
}
