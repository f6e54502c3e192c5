import { Button, Input, Segmented } from "antd";
import { type ReactNode, useEffect, useState } from "react";

import { api } from "@/kit/api";

import { say } from "../types";
import { type Drawn, RuleBuilder, drawable, whole } from "./RuleBuilder";
import { texts } from "./texts";
import { useTools } from "./tools";

const PAUSE = 300;

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** A formula that is no condition: no builder. */
  textOnly?: boolean;
}

type Answer = { problem: string | null; group: Drawn | null };

/** A rule: picked in the builder first, as FEEL on request; what is wrong is said as it is typed. */
export function RuleInput({ label, value, onChange, textOnly }: Props): ReactNode {
  const t = texts.use();
  const { facts } = useTools();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [writing, setWriting] = useState(textOnly ?? false);
  const [answer, setAnswer] = useState<{ of: string; answer: Answer } | null>(null);
  const names = Object.fromEntries(facts.map((fact) => [fact.name, fact.type]));
  const asked = JSON.stringify(names);
  useEffect(() => {
    if (!value.trim()) return;
    const stop = new AbortController();
    const ask = () =>
      api
        .post("/api/flow-rules", {
          body: { text: value, names: JSON.parse(asked) as Record<string, string> },
          signal: stop.signal,
        })
        .then((rule) => {
          const problem = rule.problem ? say(rule.problem) : null;
          setAnswer({ of: value, answer: { problem, group: (rule.group ?? null) as Drawn | null } });
        })
        .catch(() => undefined);
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [value, asked]);
  const known = answer?.of === value ? answer.answer : null;
  const group: Drawn | null = drawn ?? (value.trim() ? drawable(known?.group ?? null) : EMPTY);
  const draw = (next: Drawn) => {
    setDrawn(next);
    if (!whole(next)) return;
    if (next.rules.length === 0) return onChange("");
    void api
      .post("/api/flow-rules", { body: { group: next as never, names, text: "" } })
      .then((rule) => !rule.problem && onChange(rule.text))
      .catch(() => undefined);
  };
  const rich = Boolean(value.trim()) && known !== null && group === null;
  return (
    <div className="fd-rule">
      {textOnly ? null : (
        <Segmented
          size="small"
          value={writing || rich ? "text" : "builder"}
          options={[
            { value: "builder", label: t("asBuilder"), disabled: rich },
            { value: "text", label: t("asText") },
          ]}
          onChange={(mode) => {
            setWriting(mode === "text");
            setDrawn(null);
          }}
        />
      )}
      {writing || rich ? (
        <>
          <Input.TextArea
            className="fd-code"
            aria-label={label}
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={value}
            placeholder={t("feelHint")}
            status={known?.problem ? "error" : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
          <div className={known?.problem ? "fd-wrong" : "fd-hint"} role="status">
            {known?.problem ?? (value.trim() && known ? t(rich && !writing ? "tooRich" : "ruleGood") : "")}
          </div>
          {writing ? <FactButtons onPick={(name) => onChange(value ? `${value} ${name}` : name)} /> : null}
        </>
      ) : group ? (
        <RuleBuilder facts={facts} value={group} onChange={draw} />
      ) : null}
    </div>
  );
}

const EMPTY: Drawn = { combinator: "and", not: false, rules: [] };

function FactButtons({ onPick }: { onPick: (name: string) => void }): ReactNode {
  const { facts } = useTools();
  return (
    <div className="fd-facts">
      {facts.slice(0, 14).map((fact) => (
        <Button key={fact.name} size="small" type="text" title={fact.name} onClick={() => onPick(fact.name)}>
          {fact.text}
        </Button>
      ))}
    </div>
  );
}
