import { CloseOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select, Switch } from "antd";
import { type ReactNode, useEffect, useMemo, useState } from "react";

import type { components } from "@/generated/api";
import { api } from "@/kit/api";
import { duration } from "@/kit/format";
import { useLocale } from "@/kit/i18n";
import { Problem } from "@/kit/problem";
import { useSession } from "@/kit/session";

import type { Mark } from "../canvas/context";
import { leading } from "../drawing/ways";
import { whoIs } from "../summary";
import { texts as drawingTexts } from "../texts";
import { type FlowNode, asks, say } from "../types";
import type { FactChoice } from "./facts";
import { Row } from "./inputs";
import { trialTexts } from "./trialTexts";
import { texts } from "./texts";
import { useTools } from "./tools";

type Trial = components["schemas"]["Trial"];
type TrialStep = components["schemas"]["TrialStep"];

const PAUSE = 300;
const LATER = [0, 60, 480, 1440, 4320] as const;

interface Answer {
  outcome?: string;
  after?: number;
}

export interface Shown {
  marks: ReadonlyMap<string, Mark>;
  passed: ReadonlySet<string>;
  ways: ReadonlyMap<string, string>;
}

interface Props {
  onShown: (shown: Shown | null) => void;
  onFocus: (node: string) => void;
  onClose: () => void;
}

/** A made-up order goes through the drawing: choose answers, let time pass, see who would be asked. */
export function TrialPanel({ onShown, onFocus, onClose }: Props): ReactNode {
  const t = trialTexts.use();
  const d = texts.use();
  const locale = useLocale();
  const { document, facts } = useTools();
  const { units } = useSession();
  const [unit, setUnit] = useState(() => (units.find((one) => one.kind === "store") ?? units[0])?.id ?? 0);
  const [given, setGiven] = useState<Record<string, unknown>>({});
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const [played, setPlayed] = useState<Trial | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useMemo(() => facts.filter((fact) => spoken(document.edges, fact)), [document, facts]);
  useEffect(() => {
    const stop = new AbortController();
    const body = { document: document as never, unit_id: unit, facts: given, answers: answers as never };
    const play = () =>
      api
        .post("/api/flow-trial", { body, signal: stop.signal })
        .then((trial) => {
          setPlayed(trial);
          setProblem(null);
          onShown(shownOf(trial));
        })
        .catch((error: unknown) => {
          if (!(error instanceof Problem)) return;
          setPlayed(null);
          setProblem(error.message);
          onShown(null);
        });
    const timer = setTimeout(() => void play(), PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [document, unit, given, answers, onShown]);
  useEffect(() => () => onShown(null), [onShown]);
  const began = played?.steps[0]?.opened_at;
  const since = (at: string) =>
    began ? duration((new Date(at).getTime() - new Date(began).getTime()) / 1000, locale) : "";
  return (
    <aside className="fd-panel" aria-label={t("title")}>
      <header className="fd-panel-head">
        <b>{t("title")}</b>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={d("close")} onClick={onClose} />
      </header>
      <div className="fd-panel-body">
        <div className="fd-hint">{t("purpose")}</div>
        <Row label={t("place")}>
          <Select
            aria-label={t("place")}
            style={{ width: "100%" }}
            showSearch={{ optionFilterProp: "label" }}
            value={unit}
            options={units.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setUnit}
          />
        </Row>
        {read.length > 0 ? (
          <Row label={t("facts")}>
            <div className="fd-lines">
              {read.map((fact) => (
                <FactInput
                  key={fact.name}
                  fact={fact}
                  value={given[fact.name]}
                  onChange={(value) => setGiven((now) => ({ ...now, [fact.name]: value }))}
                />
              ))}
            </div>
          </Row>
        ) : null}
        {problem ? (
          <div className="fd-says" role="alert">
            {problem}
          </div>
        ) : null}
        {played ? (
          <>
            <ol className="fd-trial">
              {played.steps.map((step) => {
                const node = document.nodes.find((one) => one.id === step.node);
                return node ? (
                  <Step
                    key={step.visit}
                    node={node}
                    step={step}
                    at={since(step.opened_at)}
                    answer={answers[node.id] ?? {}}
                    onAnswer={(answer) => setAnswers((now) => ({ ...now, [node.id]: answer }))}
                    onFocus={() => onFocus(node.id)}
                  />
                ) : null;
              })}
            </ol>
            <div
              className={played.status === "ended" ? "fd-says fd-says-good" : "fd-says fd-says-hint"}
              role="status"
            >
              {played.status === "ended"
                ? t("ended", { time: since(played.clock) })
                : t("running", { why: played.stuck })}
            </div>
          </>
        ) : null}
      </div>
    </aside>
  );
}

/** Conditions speak of it and no form asks for it on the way: it is given at the start. */
const spoken = (edges: readonly { condition?: string | null }[], fact: FactChoice): boolean =>
  !fact.name.startsWith("步骤.") && edges.some((edge) => edge.condition?.includes(fact.name));

function shownOf(trial: Trial): Shown {
  const marks = new Map<string, Mark>();
  const ways = new Map<string, string>();
  for (const step of trial.steps) {
    marks.set(step.node, {
      state: step.end === "open" ? "open" : step.end === "closed" ? "done" : "cancelled",
      ...(step.who.length > 0 ? { line: step.who.join("、") } : {}),
    });
    if (step.outcome) ways.set(step.node, step.outcome);
  }
  return { marks, passed: new Set(marks.keys()), ways };
}

interface StepProps {
  node: FlowNode;
  step: TrialStep;
  at: string;
  answer: Answer;
  onAnswer: (answer: Answer) => void;
  onFocus: () => void;
}

function Step({ node, step, at, answer, onAnswer, onFocus }: StepProps): ReactNode {
  const t = trialTexts.use();
  const d = drawingTexts.use();
  const { document, names } = useTools();
  const outcomes = leading(node);
  const name = say(node.name);
  const chosen = answer.outcome ?? (step.outcome || undefined);
  const choices =
    node.type === "approval"
      ? [...outcomes, ...(outcomes.some((one) => one.key === "rejected") ? [] : [REJECTED])]
      : outcomes;
  return (
    <li className={`fd-trial-${step.end === "open" ? "open" : "done"}`}>
      <button type="button" className="fd-trial-name" onClick={onFocus}>
        <b>{name}</b>
        <span className="sn-faint">{at}</span>
      </button>
      {step.party ? (
        <div className="sn-soft fd-small">
          {step.party === "customer"
            ? t("customer")
            : step.party === "system"
              ? t("system")
              : step.who.length > 0
                ? t("asked", { names: step.who.join("、") })
                : LATER_KNOWN.has(node.people?.by ?? "")
                  ? t("asked", { names: whoIs(d, document, names, node.people) })
                  : t("nobody")}
        </div>
      ) : null}
      {asks(node.type) || choices.length > 1 ? (
        <div className="fd-inline">
          <Select
            size="small"
            aria-label={t("answer", { name })}
            value={chosen}
            options={choices.map((one) => ({ value: one.key, label: say(one.name) }))}
            onChange={(outcome) => onAnswer({ ...answer, outcome })}
          />
          <Select
            size="small"
            aria-label={t("when", { name })}
            value={answer.after ?? 0}
            options={LATER.map((after) => ({ value: after as number, label: t(`after_${after}`) }))}
            onChange={(after) => onAnswer({ ...answer, after })}
          />
        </div>
      ) : null}
    </li>
  );
}

/** Who it is depends on the order itself, which a made-up one does not say. */
const LATER_KNOWN = new Set(["assignee", "staff_field", "step", "feel"]);
const REJECTED = { key: "rejected", name: { zh: "驳回", en: "Reject" } };

function FactInput({
  fact,
  value,
  onChange,
}: {
  fact: FactChoice;
  value: unknown;
  onChange: (value: unknown) => void;
}): ReactNode {
  return (
    <div className="fd-inline">
      <span className="fd-fact">{fact.text}</span>
      {fact.type === "boolean" ? (
        <Switch size="small" aria-label={fact.text} checked={value === true} onChange={onChange} />
      ) : fact.type === "number" ? (
        <InputNumber
          size="small"
          aria-label={fact.text}
          value={value as number | undefined}
          onChange={(next) => onChange(next)}
        />
      ) : fact.options ? (
        <Select
          size="small"
          allowClear
          aria-label={fact.text}
          value={value as string | undefined}
          options={fact.options}
          onChange={onChange}
        />
      ) : (
        <Input
          size="small"
          aria-label={fact.text}
          value={(value as string | undefined) ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </div>
  );
}
