import type { components } from "@/generated/api";

type Schemas = components["schemas"];
export type StepOffer = Schemas["StepOffer"];
export type StepView = Schemas["StepView"];
export type RunView = Schemas["RunView"];

/** What a person gave for an act. */
export interface Given {
  reason: string;
  people: readonly number[];
  node: string | null;
  where: "before" | "after";
  back: boolean;
  answers: Record<string, unknown>;
}

export const NOTHING: Given = {
  reason: "",
  people: [],
  node: null,
  where: "before",
  back: false,
  answers: {},
};

const OF_RUN = new Set(["suspend", "resume", "stop"]);
const OF_STEP = new Set(["copy", "urge", "withdraw", "assign", "skip", "retry"]);
const WITHOUT_BODY = new Set(["claim", "release", "unhold", "urge", "retry", "resume"]);

/** What is sent for an offer: the address with its place, and the body. */
export interface Sending {
  path: string;
  places: Record<string, number>;
  body: Record<string, unknown> | undefined;
}

/** `stepId` null: an act of the whole run. */
export function sendingOf(offer: StepOffer, runId: number, stepId: number | null, given: Given): Sending {
  const verb = offer.act === "add_sign" ? "add-sign" : offer.act;
  const body = WITHOUT_BODY.has(offer.act) ? undefined : bodyOf(offer, given);
  if (stepId === null || OF_RUN.has(offer.act))
    return { path: `/api/flow-runs/{run_id}/${verb}`, places: { run_id: runId }, body };
  if (OF_STEP.has(offer.act))
    return { path: `/api/flow-steps/{step_id}/${verb}`, places: { step_id: stepId }, body };
  return { path: `/api/flow-works/{work_id}/${verb}`, places: { work_id: offer.work_id ?? 0 }, body };
}

function bodyOf(offer: StepOffer, given: Given): Record<string, unknown> {
  const reason = given.reason.trim();
  switch (offer.act) {
    case "complete":
      return {
        outcome: offer.outcome ?? null,
        answers: reason ? { ...given.answers, reason } : given.answers,
      };
    case "return":
      return { to: given.node, reason, then: given.back ? "back" : "on" };
    case "transfer":
    case "delegate":
      return { to: given.people[0], reason };
    case "add_sign":
      return { who: given.people, where: given.where, reason };
    case "copy":
      return { to: given.people, text: reason };
    case "assign":
      return { staff_ids: given.people };
    case "skip":
      return { reason, outcome: offer.outcome ?? null };
    default:
      return { reason };
  }
}

/** Whether what the offer wants is there. */
export function complete(offer: StepOffer, given: Given): boolean {
  if (offer.reason && !given.reason.trim()) return false;
  if (offer.people !== "none" && offer.people !== undefined && given.people.length === 0) return false;
  return !(offer.nodes?.length && given.node === null);
}

/** Whether it can be sent at once, without asking anything. */
export const isPlain = (offer: StepOffer): boolean =>
  !offer.reason &&
  !offer.form &&
  (offer.people ?? "none") === "none" &&
  !offer.nodes?.length &&
  offer.act !== "hold";

/** Approving, answering, claiming first; what hands on and steers after. */
export const isMain = (offer: StepOffer): boolean => offer.act === "complete" || offer.act === "claim";

/** Acts that leave something behind which is hard to mend. */
export const isDanger = (offer: StepOffer): boolean =>
  offer.outcome === "rejected" || offer.act === "skip" || offer.act === "cancel";
