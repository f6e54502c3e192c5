import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { type ReactNode, useId, useState } from "react";

import { useLocale } from "@/kit/i18n";

import type { Words } from "../types";
import { texts } from "./texts";

/** A label over an input, a hint under it. */
export function Row({
  label,
  hint,
  children,
  extra,
}: {
  label?: ReactNode;
  hint?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="fd-row">
      {label ? (
        <div className="fd-label">
          <span>{label}</span>
          {extra}
        </div>
      ) : null}
      {children}
      {hint ? <div className="fd-hint">{hint}</div> : null}
    </div>
  );
}

export interface WordsInputProps {
  label: string;
  value: Words | null | undefined;
  onChange: (words: Words | null) => void;
  rows?: number;
  placeholder?: string;
  hint?: ReactNode;
  /** An empty text stays a text instead of becoming none. */
  always?: boolean;
}

/** A text in both languages: one is typed, the other follows until it is given its own. */
export function WordsInput({
  label,
  value,
  onChange,
  rows,
  hint,
  always,
  placeholder,
}: WordsInputProps): ReactNode {
  const t = texts.use();
  const id = useId();
  const main = useLocale() === "en" ? "en" : "zh";
  const other = main === "zh" ? "en" : "zh";
  const [both, setBoth] = useState(false);
  const give = (next: Words) => onChange(!always && !next.zh && !next.en ? null : next);
  const type = (text: string) => {
    const follows = !value?.[other] || value[other] === value[main];
    give({ zh: text, en: text, ...(follows ? {} : { [other]: value[other] }) } as Words);
  };
  const typeOther = (text: string) => give({ zh: value?.zh ?? "", en: value?.en ?? "", [other]: text });
  const box = (which: "zh" | "en", write: (text: string) => void, name: string, boxId?: string) => {
    const shared = {
      id: boxId,
      "aria-label": boxId ? undefined : name,
      value: value?.[which] ?? "",
      placeholder: boxId ? placeholder : name,
      onChange: (event: { target: { value: string } }) => write(event.target.value),
    };
    return rows ? (
      <Input.TextArea autoSize={{ minRows: rows, maxRows: 8 }} {...shared} />
    ) : (
      <Input {...shared} />
    );
  };
  return (
    <div className="fd-row">
      <div className="fd-label">
        <label htmlFor={id}>{label}</label>
        {both ? null : (
          <button type="button" className="sn-link fd-small" onClick={() => setBoth(true)}>
            {t(other === "en" ? "english" : "chinese")}
          </button>
        )}
      </div>
      {box(main, type, label, id)}
      {both ? (
        <div className="fd-second">
          {box(other, typeOther, `${label} · ${t(other === "en" ? "english" : "chinese")}`)}
        </div>
      ) : null}
      {hint ? <div className="fd-hint">{hint}</div> : null}
    </div>
  );
}

/** Several of a kind, one under the other, each with a button that takes it out. */
export function Lines<T>({
  items,
  onChange,
  add,
  addText,
  most,
  least = 0,
  children,
}: {
  items: readonly T[];
  onChange: (items: T[]) => void;
  add: () => T;
  addText: string;
  most?: number;
  least?: number;
  children: (item: T, change: (next: T) => void, index: number) => ReactNode;
}): ReactNode {
  const t = texts.use();
  return (
    <div className="fd-lines">
      {items.map((item, index) => (
        <div key={index} className="fd-line">
          <div className="fd-line-body">
            {children(item, (next) => onChange(items.map((one, at) => (at === index ? next : one))), index)}
          </div>
          {items.length > least ? (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t("remove")}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            />
          ) : null}
        </div>
      ))}
      {most === undefined || items.length < most ? (
        <Button type="dashed" size="small" onClick={() => onChange([...items, add()])}>
          + {addText}
        </Button>
      ) : null}
    </div>
  );
}

export interface Option {
  value: string;
  label: string;
}

/** A choice by name with a search of its own. */
export function Pick({
  label,
  value,
  options,
  onChange,
  placeholder,
  allowClear,
}: {
  label: string;
  value: string | null | undefined;
  options: readonly Option[];
  onChange: (value: string | null) => void;
  placeholder?: string;
  allowClear?: boolean;
}): ReactNode {
  return (
    <Select
      aria-label={label}
      style={{ width: "100%" }}
      value={value || undefined}
      placeholder={placeholder ?? label}
      allowClear={allowClear}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      options={[...options]}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  );
}
