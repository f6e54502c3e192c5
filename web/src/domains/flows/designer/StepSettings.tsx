import { Checkbox, Input, InputNumber, Select, Switch } from "antd";
import { type ReactNode } from "react";

import { addLane } from "../drawing/edit";
import { freeId } from "../drawing/names";
import { isSplit, leading, outcomesOf, split, unite } from "../drawing/ways";
import { type FlowNode, type Outcome, type WaitFor, isFork, say } from "../types";
import { EffectInput } from "./EffectInput";
import { Lines, Pick, Row, WordsInput } from "./inputs";
import { ApprovalInput } from "./LevelsInput";
import { NobodyInput } from "./NobodyInput";
import { PeopleInput } from "./PeopleInput";
import { RuleInput } from "./RuleInput";
import { texts } from "./texts";
import { useTools } from "./tools";

interface Props {
  node: FlowNode;
  change: (part: Partial<FlowNode>) => void;
}

/** What a step of this type is about. */
export function StepSettings({ node, change }: Props): ReactNode {
  const t = texts.use();
  const { choices } = useTools();
  if (isFork(node.type)) return <ForkSettings node={node} change={change} />;
  switch (node.type) {
    case "start":
      return <div className="fd-hint">{t("startHint")}</div>;
    case "task":
      return <TaskSettings node={node} change={change} />;
    case "approval":
      return <ApprovalInput node={node} change={change} />;
    case "join":
      return <JoinSettings node={node} change={change} />;
    case "wait":
      return <WaitSettings node={node} change={change} />;
    case "action":
      return (
        <>
          <Row label={t("effect")}>
            <EffectInput
              value={{ effect: node.effect ?? "", params: node.params, inputs: node.inputs }}
              onChange={({ effect, params }) => change({ effect, params })}
            />
          </Row>
          <Checkbox
            checked={node.awaited ?? true}
            onChange={(event) => change({ awaited: event.target.checked })}
          >
            {t("awaited")}
          </Checkbox>
        </>
      );
    case "notify":
      return (
        <>
          <PeopleInput label={t("toWhom")} value={node.to} onChange={(to) => change({ to })} />
          <WordsInput
            label={t("text")}
            rows={2}
            always
            value={node.text}
            onChange={(text) => change({ text: text ?? { zh: "", en: "" } })}
          />
          <Checkbox
            checked={node.urgent ?? false}
            onChange={(event) => change({ urgent: event.target.checked })}
          >
            {t("urgent")}
          </Checkbox>
        </>
      );
    case "settle":
      return (
        <Row label={t("measure")}>
          <Input
            aria-label={t("measure")}
            value={node.measure}
            onChange={(event) => change({ measure: event.target.value })}
          />
        </Row>
      );
    case "subflow":
      return (
        <>
          <Row label={t("subflow")}>
            <Pick
              label={t("subflow")}
              value={node.flow}
              options={(choices?.flows ?? []).map((flow) => ({ value: flow.key, label: say(flow.name) }))}
              onChange={(flow) => change({ flow: flow ?? "" })}
            />
          </Row>
          <Checkbox
            checked={node.awaited ?? true}
            onChange={(event) => change({ awaited: event.target.checked })}
          >
            {t("subflowWait")}
          </Checkbox>
        </>
      );
    case "milestone":
      return (
        <WordsInput
          label={t("milestone")}
          always
          value={node.text}
          onChange={(text) => change({ text: text ?? { zh: "", en: "" } })}
        />
      );
    case "end":
      return (
        <Checkbox
          checked={node.terminate ?? false}
          onChange={(event) => change({ terminate: event.target.checked })}
        >
          {t("terminate")}
        </Checkbox>
      );
    default:
      return null;
  }
}

function TaskSettings({ node, change }: Props): ReactNode {
  const t = texts.use();
  const { document, hand } = useTools();
  const outcomes = outcomesOf(node);
  const divided = isSplit(document, node.id);
  return (
    <>
      <PeopleInput
        anybody
        label={t("people")}
        value={node.people}
        onChange={(people) => change({ people })}
      />
      <Row label={t("outcomes")} hint={t("outcomesHint")}>
        <Lines<Outcome>
          items={outcomes}
          onChange={(next) => change({ outcomes: next })}
          add={() => ({
            key: freeId(new Set(outcomes.map((one) => one.key)), "way"),
            name: { zh: "", en: "" },
          })}
          addText={t("addOutcome")}
          least={1}
          most={12}
        >
          {(outcome, set) => (
            <div className="fd-inline">
              <Input
                aria-label={t("outcomes")}
                value={say(outcome.name)}
                onChange={(event) =>
                  set({ ...outcome, name: { zh: event.target.value, en: event.target.value } })
                }
              />
              <Checkbox
                checked={outcome.reason ?? false}
                onChange={(event) => set({ ...outcome, reason: event.target.checked })}
              >
                {t("outcomeReason")}
              </Checkbox>
            </div>
          )}
        </Lines>
      </Row>
      {leading(node).length > 1 ? (
        <div className="fd-inline">
          <Switch
            size="small"
            aria-label={t("splitWays")}
            checked={divided}
            onChange={(on) => hand.change((now) => (on ? split(now, node.id) : unite(now, node.id)))}
          />
          <span>{t("splitWays")}</span>
        </div>
      ) : null}
      <Checkbox
        checked={node.must_claim ?? false}
        onChange={(event) => change({ must_claim: event.target.checked })}
      >
        {t("mustClaim")}
      </Checkbox>
      <NobodyInput value={node} onChange={change} />
    </>
  );
}

const JOINS = ["all", "active", "n_of_m"] as const;
const RESTS = ["run", "cancel"] as const;

function JoinSettings({ node, change }: Props): ReactNode {
  const t = texts.use();
  return (
    <>
      <Row label={t("joinMode")}>
        <Select
          aria-label={t("joinMode")}
          style={{ width: "100%" }}
          value={node.mode ?? "active"}
          options={JOINS.map((mode) => ({ value: mode, label: t(`join_${mode}`) }))}
          onChange={(mode) => change({ mode, needed: mode === "n_of_m" ? (node.needed ?? 1) : undefined })}
        />
      </Row>
      {node.mode === "n_of_m" ? (
        <div className="fd-columns">
          <Row label={t("joinNeeded")}>
            <InputNumber
              aria-label={t("joinNeeded")}
              min={1}
              value={node.needed ?? 1}
              onChange={(needed) => change({ needed: needed ?? 1 })}
            />
          </Row>
          <Row label={t("joinRest")}>
            <Select
              aria-label={t("joinRest")}
              style={{ width: "100%" }}
              value={node.rest ?? "run"}
              options={RESTS.map((rest) => ({ value: rest, label: t(`rest_${rest}`) }))}
              onChange={(rest) => change({ rest })}
            />
          </Row>
        </div>
      ) : null}
    </>
  );
}

function ForkSettings({ node }: Props): ReactNode {
  const t = texts.use();
  const { document, hand } = useTools();
  const lanes = document.edges
    .filter((edge) => edge.source === node.id)
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0));
  const hint =
    node.type === "branch" ? "branchHint" : node.type === "parallel" ? "parallelHint" : "inclusiveHint";
  return (
    <Row label={t("lanes")} hint={t(hint)}>
      <div className="fd-lines">
        {lanes.map((lane, index) => (
          <button
            key={lane.id}
            type="button"
            className="fd-lane"
            onClick={() => hand.select([`edge:${lane.id}`])}
          >
            <span>{lane.name ? say(lane.name) : `${t("lanes")} ${index + 1}`}</span>
            <span className="sn-faint">{lane.default ? "" : lane.condition}</span>
          </button>
        ))}
        <button
          type="button"
          className="sn-link fd-small"
          onClick={() => hand.change((now) => addLane(now, node.id).document)}
        >
          + {t("addLane")}
        </button>
      </div>
    </Row>
  );
}

const WAITS = ["time", "event", "date"] as const;

function WaitSettings({ node, change }: Props): ReactNode {
  const t = texts.use();
  const until = node.until ?? [];
  return (
    <Row label={t("until")}>
      <Lines<WaitFor>
        items={until}
        onChange={(next) => change({ until: next })}
        add={() => ({
          waits: "event",
          key: freeId(new Set(until.map((one) => one.key ?? one.waits)), "event"),
          event: "",
        })}
        addText={t("addWait")}
        least={1}
        most={6}
      >
        {(one, set) => (
          <>
            <Select
              aria-label={t("until")}
              style={{ width: "100%" }}
              value={one.waits}
              options={WAITS.map((waits) => ({ value: waits, label: t(`wait_${waits}`) }))}
              onChange={(waits) =>
                set({
                  waits,
                  key: one.key,
                  name: one.name,
                  ...(waits === "time"
                    ? { amount: 1, unit: "days" as const, clock: "working" as const }
                    : waits === "event"
                      ? { event: "" }
                      : { date: "" }),
                })
              }
            />
            <WaitDetail one={one} onChange={set} />
          </>
        )}
      </Lines>
    </Row>
  );
}

const UNITS = ["minutes", "hours", "days"] as const;
const CLOCKS = ["working", "wall"] as const;

function WaitDetail({ one, onChange }: { one: WaitFor; onChange: (next: WaitFor) => void }): ReactNode {
  const t = texts.use();
  const { declared } = useTools();
  if (one.waits === "event") {
    return (
      <Pick
        label={t("eventPick")}
        value={one.event}
        options={(declared?.events ?? []).map((event) => ({ value: event.name, label: say(event.text) }))}
        onChange={(event) => onChange({ ...one, event: event ?? "" })}
      />
    );
  }
  if (one.waits === "date") {
    return (
      <RuleInput
        textOnly
        label={t("dateExpression")}
        value={one.date ?? ""}
        onChange={(date) => onChange({ ...one, date })}
      />
    );
  }
  return (
    <div className="fd-inline">
      <InputNumber
        aria-label={t("amount")}
        min={1}
        style={{ width: 76 }}
        value={one.amount ?? 1}
        onChange={(amount) => onChange({ ...one, amount: amount ?? 1 })}
      />
      <Select
        aria-label={t("amount")}
        value={one.unit ?? "days"}
        options={UNITS.map((unit) => ({ value: unit, label: t(`unit_${unit}`) }))}
        onChange={(unit) => onChange({ ...one, unit })}
      />
      <Select
        aria-label={t("clock")}
        value={one.clock ?? "working"}
        options={CLOCKS.map((clock) => ({ value: clock, label: t(`clock_${clock}`) }))}
        onChange={(clock) => onChange({ ...one, clock })}
      />
    </div>
  );
}
