import { type ReactNode } from "react";

import { Time } from "@/kit/Time";

import type { Stage } from "./customerApi";
import { say } from "./words";

const MARKS: Record<Stage["state"], ReactNode> = {
  done: <path d="M7.5 12.3l3 3 6-6.4" />,
  now: <circle cx="12" cy="12" r="4" fill="currentColor" stroke="none" style={{ color: "var(--brand)" }} />,
  ahead: null,
};

/** The milestones of the way: behind, now, ahead. */
export function Stages({ stages }: { stages: readonly Stage[] }): ReactNode {
  return (
    <ol className="wo-stages">
      {stages.map((stage) => (
        <li
          key={stage.node}
          className={`wo-stage wo-stage-${stage.state}`}
          aria-current={stage.state === "now" ? "step" : undefined}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10" />
            {MARKS[stage.state]}
          </svg>
          <div>
            <div className="wo-stage-name">
              {say(stage.name)} {stage.at ? <Time at={stage.at} show="absolute" /> : null}
            </div>
            <div className="wo-stage-text">{say(stage.text)}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}
