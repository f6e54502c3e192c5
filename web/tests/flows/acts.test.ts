import { expect, test } from "vitest";

import { NOTHING, type StepOffer, complete, isPlain, sendingOf } from "@/domains/flows/acts/acts";

const offer = (act: string, rest: Partial<StepOffer> = {}): StepOffer => ({
  act,
  name: { zh: act, en: act },
  ...rest,
});

test("an answer goes to the work with its outcome, the reason among the answers", () => {
  const sending = sendingOf(offer("complete", { outcome: "rejected", work_id: 7 }), 1, 2, {
    ...NOTHING,
    reason: " 超预算 ",
  });
  expect(sending).toEqual({
    path: "/api/flow-works/{work_id}/complete",
    places: { work_id: 7 },
    body: { outcome: "rejected", answers: { reason: "超预算" } },
  });
});

test("a return names its node and how it goes on", () => {
  const asked = offer("return", {
    reason: true,
    work_id: 7,
    nodes: [{ node: "apply", name: { zh: "申请", en: "Apply" } }],
  });
  expect(complete(asked, { ...NOTHING, reason: "缺报价" })).toBe(false);
  const given = { ...NOTHING, reason: "缺报价", node: "apply", back: true };
  expect(complete(asked, given)).toBe(true);
  expect(sendingOf(asked, 1, 2, given).body).toEqual({ to: "apply", reason: "缺报价", then: "back" });
});

test("acts of a step and of the run go to their own addresses", () => {
  expect(sendingOf(offer("urge"), 1, 2, NOTHING)).toEqual({
    path: "/api/flow-steps/{step_id}/urge",
    places: { step_id: 2 },
    body: undefined,
  });
  expect(sendingOf(offer("cancel", { reason: true }), 1, null, { ...NOTHING, reason: "不做了" }).path).toBe(
    "/api/flow-runs/{run_id}/cancel",
  );
});

test("only what needs nothing is sent at once", () => {
  expect(isPlain(offer("claim"))).toBe(true);
  expect(isPlain(offer("transfer", { people: "one" }))).toBe(false);
  expect(complete(offer("transfer", { people: "one" }), NOTHING)).toBe(false);
});
