import { Input, Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";

import { Section } from "@/kit/desk/PageFrame";
import { useSend } from "@/kit/query";

import { IncomeTable } from "./IncomeLines";
import { texts } from "./texts";

type Value = string | boolean | null;

const START: Readonly<Record<string, Value>> = {
  "工单.类型": "ac_high_install",
  "工单.楼层": "6",
  "工单.高温": true,
  "工单.优先级": "normal",
};

/** A live example: the facts of the plan as fields, and what this version pays for them. */
export function PlanExample({
  versionId,
  facts,
}: {
  versionId: number;
  facts: Readonly<Record<string, string>>;
}): ReactNode {
  const t = texts.use();
  const [values, setValues] = useState<Record<string, Value>>(() =>
    Object.fromEntries(Object.keys(facts).map((name) => [name, START[name] ?? null])),
  );
  const compute = useSend("post", "/api/settlement/plan-versions/{version_id}/example");
  const { mutate } = compute;
  useEffect(() => {
    // typing asks once it pauses
    const timer = setTimeout(() => mutate({ path: { version_id: versionId }, body: { facts: values } }), 250);
    return () => clearTimeout(timer);
  }, [mutate, versionId, values]);
  return (
    <Section title={t("example")}>
      <p className="sn-soft">{t("exampleHint")}</p>
      <div className="sn-stack">
        {Object.entries(facts).map(([name, type]) => (
          <label key={name} className="st-field">
            <span>{name}</span>
            {type === "boolean" ? (
              <Select<string>
                value={String(values[name] ?? "")}
                onChange={(picked) =>
                  setValues({ ...values, [name]: picked === "" ? null : picked === "true" })
                }
                options={[
                  { value: "", label: t("unknownValue") },
                  { value: "true", label: t("yes") },
                  { value: "false", label: t("no") },
                ]}
              />
            ) : (
              <Input
                value={String(values[name] ?? "")}
                inputMode={type === "number" ? "decimal" : "text"}
                onChange={(event) => setValues({ ...values, [name]: event.target.value || null })}
              />
            )}
          </label>
        ))}
      </div>
      {compute.data ? <IncomeTable preview={compute.data} /> : null}
      {compute.error ? <p role="alert">{compute.error.message}</p> : null}
    </Section>
  );
}
