import { Button, Checkbox, DatePicker, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type ReactNode, useEffect, useRef, useState } from "react";

import { kitTexts } from "../../kitTexts";
import { PickRemote } from "../PickRemote";
import { periodNames } from "./address";
import { type Filters, type FilterSpec } from "./specs";

export interface FilterRowProps {
  specs: readonly FilterSpec[];
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** What narrows the list besides. */
  children?: ReactNode;
}

/** All filters of a list in one row. */
export function FilterRow({ specs, filters, onChange, children }: FilterRowProps): ReactNode {
  const t = kitTexts.use();
  const set = (changes: Record<string, string | readonly string[] | undefined>) => {
    const next: Record<string, string | readonly string[]> = { ...filters };
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value.length === 0) Reflect.deleteProperty(next, name);
      else next[name] = value;
    }
    onChange(next);
  };
  return (
    <div className="sn-filters" role="search">
      {specs.map((spec) => (
        <OneFilter key={spec.name} spec={spec} filters={filters} set={set} />
      ))}
      {children}
      {Object.keys(filters).length > 0 ? (
        <Button type="link" onClick={() => onChange({})}>
          {t("clearFilters")}
        </Button>
      ) : null}
    </div>
  );
}

/** So many choices are found by typing. */
const SEARCHED_FROM = 12;

interface OneFilterProps {
  spec: FilterSpec;
  filters: Filters;
  set: (changes: Record<string, string | readonly string[] | undefined>) => void;
}

function OneFilter({ spec, filters, set }: OneFilterProps): ReactNode {
  const value = filters[spec.name];
  switch (spec.kind) {
    case "search":
      return <SearchFilter spec={spec} value={single(value)} set={(text) => set({ [spec.name]: text })} />;
    case "select":
      return (
        <Select
          allowClear
          aria-label={spec.label}
          placeholder={spec.label}
          mode={spec.multiple ? "multiple" : undefined}
          maxTagCount="responsive"
          style={{ minWidth: spec.width ?? 120 }}
          popupMatchSelectWidth={false}
          showSearch={spec.options.length > SEARCHED_FROM ? { optionFilterProp: "label" } : false}
          options={spec.options.map((option) => ({ value: String(option.value), label: option.label }))}
          value={(value ?? undefined) as never}
          onChange={(next: string | string[] | undefined) => set({ [spec.name]: next })}
        />
      );
    case "remote":
      return (
        <PickRemote
          allowClear
          aria-label={spec.label}
          placeholder={spec.label}
          path={spec.path}
          query={spec.query}
          label={spec.itemLabel}
          itemValue={(item: { id: number }) => String(item.id)}
          value={value}
          style={{ minWidth: spec.width ?? 140 }}
          onChange={(next: string | undefined) => set({ [spec.name]: next })}
        />
      );
    case "period":
      return <PeriodFilter spec={spec} names={periodNames(spec)} filters={filters} set={set} />;
    case "flag":
      return (
        <Checkbox
          checked={value === "true"}
          onChange={(event) => set({ [spec.name]: event.target.checked ? "true" : undefined })}
        >
          {spec.label}
        </Checkbox>
      );
  }
}

const single = (value: string | readonly string[] | undefined): string =>
  typeof value === "string" ? value : (value?.[0] ?? "");

interface SearchFilterProps {
  spec: Extract<FilterSpec, { kind: "search" }>;
  value: string;
  set: (text: string | undefined) => void;
}

function SearchFilter({ spec, value, set }: SearchFilterProps): ReactNode {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (text: string, wait: number) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => set(text.trim() || undefined), wait);
  };
  return (
    <Input.Search
      allowClear
      aria-label={spec.label}
      placeholder={spec.placeholder ?? spec.label}
      style={{ width: 200 }}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        send(event.target.value, 350);
      }}
      onSearch={(text) => send(text, 0)}
    />
  );
}

const FORMAT = "YYYY-MM-DD";

interface PeriodFilterProps extends OneFilterProps {
  names: readonly [from: string, to: string];
}

function PeriodFilter({ spec, names, filters, set }: PeriodFilterProps): ReactNode {
  const t = kitTexts.use();
  const [from, to] = [single(filters[names[0]]), single(filters[names[1]])];
  const day = dayjs();
  const presets: { label: string; value: [Dayjs, Dayjs] }[] = [
    { label: t("today"), value: [day, day] },
    { label: t("last7"), value: [day.subtract(6, "day"), day] },
    { label: t("last30"), value: [day.subtract(29, "day"), day] },
    { label: t("thisMonth"), value: [day.startOf("month"), day] },
    {
      label: t("lastMonth"),
      value: [day.subtract(1, "month").startOf("month"), day.subtract(1, "month").endOf("month")],
    },
  ];
  return (
    <DatePicker.RangePicker
      aria-label={spec.label}
      placeholder={[`${spec.label} ${t("from")}`, t("to")]}
      presets={presets}
      allowEmpty={[true, true]}
      style={{ width: 240 }}
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(range) =>
        set({
          [names[0]]: range?.[0]?.format(FORMAT),
          [names[1]]: range?.[1]?.format(FORMAT),
        })
      }
    />
  );
}
