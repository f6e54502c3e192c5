import { Input, InputNumber, Select, Switch } from "antd";
import { type ReactNode, useState } from "react";

import type { components } from "@/generated/api";

import { type EffectCall, say } from "../types";
import { Pick, Row } from "./inputs";
import { texts } from "./texts";
import { useTools } from "./tools";

type EffectOut = components["schemas"]["EffectOut"];

/** An action of the house, by its name. */
export function EffectChoice({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (effect: string) => void;
}): ReactNode {
  const t = texts.use();
  const { declared } = useTools();
  return (
    <Pick
      label={t("effectPick")}
      value={value}
      options={(declared?.effects ?? []).map((effect) => ({ value: effect.key, label: say(effect.text) }))}
      onChange={(effect) => onChange(effect ?? "")}
    />
  );
}

interface Schema {
  type?: string;
  title?: string;
  description?: string;
  enum?: string[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
}

/** An action with its parameters, drawn from what the action says it takes. */
export function EffectInput<C extends EffectCall>({
  value,
  onChange,
}: {
  value: C;
  onChange: (call: C) => void;
}): ReactNode {
  const { declared } = useTools();
  const effect = declared?.effects.find((one) => one.key === value.effect);
  const schema = (effect as EffectOut | undefined)?.params as Schema | undefined;
  return (
    <div className="fd-pair">
      <EffectChoice
        value={value.effect}
        onChange={(key) => onChange({ ...value, effect: key, params: {} })}
      />
      {Object.entries(schema?.properties ?? {}).map(([name, one]) => (
        <Param
          key={`${value.effect}.${name}`}
          name={name}
          schema={plain(one)}
          required={schema?.required?.includes(name) ?? false}
          value={value.params?.[name]}
          onChange={(next) => {
            const params = { ...value.params };
            if (next === undefined || next === "") Reflect.deleteProperty(params, name);
            else params[name] = next;
            onChange({ ...value, params });
          }}
        />
      ))}
    </div>
  );
}

/** What is left of “this or nothing”. */
function plain(schema: Schema): Schema {
  const some = schema.anyOf?.find((one) => one.type !== "null");
  return some ? { ...schema, ...some } : schema;
}

interface ParamProps {
  name: string;
  schema: Schema;
  required: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
}

function Param({ name, schema, required, value, onChange }: ParamProps): ReactNode {
  const label = `${schema.description ?? schema.title ?? name}${required ? " *" : ""}`;
  if (schema.enum) {
    return (
      <Row label={label}>
        <Select
          aria-label={label}
          allowClear={!required}
          value={value as string | undefined}
          options={schema.enum.map((one) => ({ value: one, label: one }))}
          onChange={onChange}
          style={{ width: "100%" }}
        />
      </Row>
    );
  }
  if (schema.type === "boolean") {
    return (
      <div className="fd-inline">
        <Switch size="small" aria-label={label} checked={value === true} onChange={onChange} />
        <span>{label}</span>
      </div>
    );
  }
  if (schema.type === "integer" || schema.type === "number") {
    return (
      <Row label={label}>
        <InputNumber
          aria-label={label}
          style={{ width: "100%" }}
          value={value as number | undefined}
          onChange={(next) => onChange(next ?? undefined)}
        />
      </Row>
    );
  }
  if (schema.type === "string" || schema.type === undefined) {
    return (
      <Row label={label}>
        <Input
          aria-label={label}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      </Row>
    );
  }
  return (
    <Row label={label}>
      <Json label={label} value={value} onChange={onChange} />
    </Row>
  );
}

/** Lists and objects as their text; what cannot be read is not taken. */
function Json({
  label,
  value,
  onChange,
}: {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}): ReactNode {
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value)));
  const [wrong, setWrong] = useState(false);
  return (
    <Input.TextArea
      aria-label={label}
      autoSize
      status={wrong ? "error" : undefined}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        try {
          onChange(event.target.value ? JSON.parse(event.target.value) : undefined);
          setWrong(false);
        } catch {
          setWrong(true);
        }
      }}
    />
  );
}
