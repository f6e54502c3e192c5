import { type ReactNode } from "react";

import { duration } from "./format";
import { useLocale } from "./i18n";
import { kitTexts } from "./kitTexts";
import { Duration, Time } from "./Time";
import { Light } from "./marks";

export interface ProgressProps {
  done: number;
  total: number;
  /** When it began, to say how much time is left. */
  startedAt?: string | Date;
  now?: Date;
  onCancel?: () => void;
}

/** Counts and time left of anything that takes longer than two seconds. */
export function Progress({ done, total, startedAt, now, onCancel }: ProgressProps): ReactNode {
  const t = kitTexts.use();
  const locale = useLocale();
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const spent = startedAt && now ? (now.getTime() - new Date(startedAt).getTime()) / 1000 : 0;
  const left = share > 0.02 && share < 1 && spent > 1 ? (spent / share) * (1 - share) : null;
  return (
    <div className="sn-progress">
      <div
        className="sn-progress-track"
        role="progressbar"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={`${done}/${total}`}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <div className="sn-progress-words">
        <span className="sn-number">
          {done}/{total}
        </span>
        {left === null ? null : <span>{t("timeLeft", { time: duration(left, locale) })}</span>}
        {onCancel && share < 1 ? (
          <button type="button" className="sn-link" onClick={onCancel}>
            {t("cancel")}
          </button>
        ) : null}
      </div>
    </div>
  );
}

export type StepState = "done" | "current" | "waiting" | "skipped";

export interface FlowStep {
  key: string | number;
  name: ReactNode;
  state: StepState;
  /** Who has it or did it. */
  people?: ReactNode;
  at?: string | Date | null;
  seconds?: number | null;
  light?: string | null;
  note?: ReactNode;
}

const MARKS: Record<StepState, ReactNode> = {
  done: <path d="M4.5 8.2l2.4 2.4 4.6-5" />,
  current: <circle cx="8" cy="8" r="2.6" fill="currentColor" stroke="none" />,
  waiting: null,
  skipped: <path d="M5 8h6" />,
};

/** Where something stands in its flow, top to bottom, with the time spent in each node. */
export function Steps({ steps }: { steps: readonly FlowStep[] }): ReactNode {
  const t = kitTexts.use();
  return (
    <ol className="sn-steps">
      {steps.map((step) => (
        <li
          key={step.key}
          className={`sn-step sn-step-${step.state}`}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <span className="sn-step-mark">
            <svg viewBox="0 0 16 16" role="img" aria-label={t(step.state)}>
              {MARKS[step.state]}
            </svg>
          </span>
          <div className="sn-step-body">
            <div className="sn-step-head">
              <span className="sn-step-name">{step.name}</span>
              {step.light && step.state === "current" ? <Light light={step.light} /> : null}
              {step.seconds === null || step.seconds === undefined ? null : (
                <span className="sn-step-spent">
                  <Duration seconds={step.seconds} />
                </span>
              )}
            </div>
            {step.people || step.at ? (
              <div className="sn-step-meta">
                {step.people}
                {step.at ? <Time at={step.at} /> : null}
              </div>
            ) : null}
            {step.note ? <div className="sn-step-note">{step.note}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

export interface TimelineItem {
  key: string | number;
  at: string | Date;
  title: ReactNode;
  body?: ReactNode;
  by?: ReactNode;
}

/** What happened, newest first, as the caller orders it. */
export function Timeline({ items }: { items: readonly TimelineItem[] }): ReactNode {
  return (
    <ol className="sn-timeline">
      {items.map((item) => (
        <li key={item.key}>
          <div className="sn-timeline-head">
            <span className="sn-timeline-title">{item.title}</span>
            <span className="sn-timeline-meta">
              {item.by ? <span>{item.by}</span> : null}
              <Time at={item.at} />
            </span>
          </div>
          {item.body ? <div className="sn-timeline-body">{item.body}</div> : null}
        </li>
      ))}
    </ol>
  );
}
