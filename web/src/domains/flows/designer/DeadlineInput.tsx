import { Checkbox, InputNumber, Segmented, Select, Switch } from "antd";
import { type ReactNode } from "react";

import { leading } from "../drawing/ways";
import { type Clock, type Deadline, type Escalation, type FlowNode, type Unit, say } from "../types";
import { Lines, Pick, Row } from "./inputs";
import { PeopleInput } from "./PeopleInput";
import { texts } from "./texts";

const UNITS: readonly Unit[] = ["minutes", "hours", "days"];
const CLOCKS: readonly Clock[] = ["working", "wall"];

interface Props {
  value: Deadline | null | undefined;
  onChange: (deadline: Deadline | null) => void;
  label: string;
  /** The step it belongs to, for the outcome it leaves with. */
  node?: FlowNode;
  /** Only how long, without reminders. */
  short?: boolean;
}

/** A limit: how long, in which time, who is reminded before and told after. */
export function DeadlineInput({ value, onChange, label, node, short }: Props): ReactNode {
  const t = texts.use();
  const change = (part: Partial<Deadline>) => value && onChange({ ...value, ...part });
  return (
    <div className="fd-block">
      <div className="fd-inline">
        <Switch
          size="small"
          aria-label={label}
          checked={Boolean(value)}
          onChange={(on) => onChange(on ? { amount: 1, unit: "days", clock: "working" } : null)}
        />
        <span>{label}</span>
      </div>
      {value ? (
        <>
          <Amount value={value} change={change} />
          {short ? null : (
            <>
              <div className="fd-hint">{t("clockHint")}</div>
              <Checkbox
                checked={value.pauses_for_customer ?? false}
                onChange={(event) => change({ pauses_for_customer: event.target.checked })}
              >
                {t("pauses")}
              </Checkbox>
              <Reminders value={value} change={change} />
              <Escalations value={value} change={change} />
              {node && leading(node).length > 0 ? (
                <Row label={t("timeout")}>
                  <Pick
                    label={t("timeout")}
                    placeholder={t("timeoutNone")}
                    allowClear
                    value={value.timeout}
                    options={leading(node).map((one) => ({ value: one.key, label: say(one.name) }))}
                    onChange={(timeout) => change({ timeout })}
                  />
                </Row>
              ) : null}
            </>
          )}
        </>
      ) : null}
    </div>
  );
}

type Change = (part: Partial<Deadline>) => void;

function Amount({ value, change }: { value: Deadline; change: Change }): ReactNode {
  const t = texts.use();
  return (
    <div className="fd-inline">
      <InputNumber
        aria-label={t("amount")}
        min={1}
        style={{ width: 76 }}
        value={value.amount}
        onChange={(amount) => change({ amount: amount ?? 1 })}
      />
      <Select<Unit>
        aria-label={t("amount")}
        style={{ width: 84 }}
        value={value.unit ?? "minutes"}
        options={UNITS.map((unit) => ({ value: unit, label: t(`unit_${unit}`) }))}
        onChange={(unit) => change({ unit })}
      />
      <Segmented<Clock>
        value={value.clock ?? "working"}
        options={CLOCKS.map((clock) => ({ value: clock, label: t(`clock_${clock}`) }))}
        onChange={(clock) => change({ clock })}
      />
    </div>
  );
}

function Reminders({ value, change }: { value: Deadline; change: Change }): ReactNode {
  const t = texts.use();
  return (
    <Row label={t("reminders")}>
      <Lines
        items={value.reminders ?? []}
        onChange={(reminders) => change({ reminders })}
        add={() => ({ before: 30 })}
        addText={t("addReminder")}
        most={8}
      >
        {(reminder, set) => (
          <div className="fd-inline">
            <InputNumber
              aria-label={t("beforeMinutes")}
              min={1}
              value={reminder.before}
              onChange={(before) => set({ ...reminder, before: before ?? 1 })}
            />
            <span>{t("beforeMinutes")}</span>
          </div>
        )}
      </Lines>
    </Row>
  );
}

function Escalations({ value, change }: { value: Deadline; change: Change }): ReactNode {
  const t = texts.use();
  const all: Escalation[] = [...(value.escalation ? [value.escalation] : []), ...(value.escalations ?? [])];
  return (
    <Row label={t("escalations")}>
      <Lines<Escalation>
        items={all}
        onChange={([escalation = null, ...escalations]) => change({ escalation, escalations })}
        add={() => ({ after: 0, to: { by: "role", role: "store_manager" } })}
        addText={t("addEscalation")}
        most={8}
      >
        {(one, set) => (
          <>
            <div className="fd-inline">
              <InputNumber
                aria-label={t("afterMinutes")}
                min={0}
                value={one.after ?? 0}
                onChange={(after) => set({ ...one, after: after ?? 0 })}
              />
              <span>{t("afterMinutes")}</span>
            </div>
            <PeopleInput label="" value={one.to ?? undefined} onChange={(to) => set({ ...one, to })} />
            <Checkbox
              checked={one.hand_over ?? false}
              onChange={(event) => set({ ...one, hand_over: event.target.checked })}
            >
              {t("handOver")}
            </Checkbox>
          </>
        )}
      </Lines>
    </Row>
  );
}
