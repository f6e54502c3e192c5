import { type ReactNode } from "react";

import { type FlowStep, Steps } from "@/kit/progress";
import { Person } from "@/kit/marks";

import { texts } from "./texts";
import type { OrderDetail, StepView } from "./types";
import { say } from "./words";

const SILENT = new Set(["start", "branch", "end"]);

/** The steps of the order's run with who has them, how long each took, and its answers. */
export function RunSteps({ order }: { order: OrderDetail }): ReactNode {
  const t = texts.use();
  const shown = (order.run?.steps ?? []).filter((step) => !SILENT.has(step.kind));
  const steps = shown.map((step): FlowStep => ({
    key: step.id,
    name: say(step.name),
    state: step.status === "open" ? "current" : step.status === "closed" ? "done" : "skipped",
    at: step.closed_at ?? step.opened_at,
    seconds: step.kind === "task" || step.kind === "survey" ? step.working_seconds : null,
    light: step.light,
    people: <People step={step} customer={t("theCustomer")} />,
    note: note(step, t),
  }));
  return <Steps steps={steps} />;
}

function People({ step, customer }: { step: StepView; customer: string }): ReactNode {
  const meant = step.works.filter((work) =>
    step.status === "open" ? work.status === "open" : work.status === "done" || step.works.length === 1,
  );
  return meant
    .filter((work) => work.party !== "system")
    .map((work) => <Person key={work.id} name={work.party === "customer" ? customer : work.staff_name} />);
}

function note(step: StepView, t: ReturnType<typeof texts.use>): ReactNode {
  const answers = step.answers as Record<string, unknown>;
  const lines: string[] = [];
  if (step.outcome_name && step.status === "closed") lines.push(say(step.outcome_name));
  if (typeof answers["reason"] === "string") lines.push(answers["reason"]);
  const place = answers["location"] as { lat: number; lng: number; accuracy: number } | undefined;
  if (place) {
    const values = { lat: place.lat.toFixed(5), lng: place.lng.toFixed(5), accuracy: place.accuracy };
    lines.push(`${t("location")} ${t("locationValue", values)}`);
  }
  if (typeof answers["note"] === "string") lines.push(`${t("note")}：${answers["note"]}`);
  return lines.length > 0 ? lines.join(" · ") : null;
}
