import { type ReactNode } from "react";

import { StepActs } from "@/domains/flows";
import { duration } from "@/kit/format";
import { currentLocale } from "@/kit/i18n";
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
    seconds: waits(step) ? step.wall_seconds : null,
    light: step.light,
    people: <People step={step} customer={t("theCustomer")} />,
    note: <Note order={order} step={step} said={note(step, t)} />,
  }));
  return <Steps steps={steps} />;
}

/** Acts the order's own page offers: urging, dispatching, and the field worker's buttons on the phone. */
const ELSEWHERE = ["urge"];
const OWN_PAGES = new Set(["accept", "visit"]);

function Note(props: { order: OrderDetail; step: StepView; said: ReactNode }): ReactNode {
  const { order, step, said } = props;
  const offers = OWN_PAGES.has(step.node)
    ? (step.offers ?? []).filter((offer) => !offer.work_id)
    : (step.offers ?? []);
  return (
    <>
      {step.incident ? <p className="wo-incident">{say(step.incident)}</p> : null}
      {said}
      {order.run && offers.length > 0 ? (
        <div className="wo-acts">
          <StepActs runId={order.run.id} stepId={step.id} offers={offers} without={ELSEWHERE} />
        </div>
      ) : null}
    </>
  );
}

const waits = (step: StepView): boolean => step.kind === "task" || step.kind === "survey";

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
  if (waits(step) && step.wall_seconds - step.working_seconds >= 60) {
    lines.push(t("working", { time: duration(step.working_seconds, currentLocale()) }));
  }
  const place = answers["location"] as { lat: number; lng: number; accuracy: number } | undefined;
  if (place) {
    const values = { lat: place.lat.toFixed(5), lng: place.lng.toFixed(5), accuracy: place.accuracy };
    lines.push(`${t("location")} ${t("locationValue", values)}`);
  }
  if (typeof answers["note"] === "string") lines.push(`${t("note")}：${answers["note"]}`);
  return lines.length > 0 ? lines.join(" · ") : null;
}
