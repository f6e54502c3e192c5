import { describe, expect, test } from "vitest";

import { duration, fileSize, formatMoney, formatShare, groupDecimal, relativeTime } from "@/kit/format";

describe("amounts", () => {
  test.each([
    ["380", "¥380.00"],
    ["1234567.5", "¥1,234,567.50"],
    ["-20", "−¥20.00"],
    ["-0.00", "¥0.00"],
    ["0.125", "¥0.125"],
    ["99999999999999999999.99", "¥99,999,999,999,999,999,999.99"],
  ])("%s reads %s", (amount, text) => expect(formatMoney(amount)).toBe(text));

  test("what comes in has a plus, nothing has none", () => {
    expect(formatMoney("20", { signed: true })).toBe("+¥20.00");
    expect(formatMoney("0", { signed: true })).toBe("¥0.00");
  });

  test("text that is no number comes back as it is", () => expect(groupDecimal("n/a")).toBe("n/a"));

  test("a share of nothing is a dash", () => {
    expect(formatShare(0.4567)).toBe("45.7%");
    expect(formatShare(Number.NaN)).toBe("—");
  });
});

describe("times", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  test("five minutes ago in both languages", () => {
    const at = new Date("2026-03-01T11:55:00Z");
    expect(relativeTime(at, now, "zh-CN")).toBe("5分钟前");
    expect(relativeTime(at, now, "en")).toBe("5 minutes ago");
  });
  test("less than a minute is just now", () => {
    expect(relativeTime(new Date("2026-03-01T12:00:20Z"), now, "zh-CN")).toBe("刚刚");
  });
  test.each([
    [5400, "1小时30分", "1 h 30 min"],
    [59, "59秒", "59 s"],
    [90_000, "1天1小时", "1 d 1 h"],
    [86_400 + 60, "1天", "1 d"],
    [0, "0秒", "0 s"],
  ])("%i seconds", (seconds, zh, en) => {
    expect(duration(seconds, "zh-CN")).toBe(zh);
    expect(duration(seconds, "en")).toBe(en);
  });
});

test("sizes of files", () => {
  expect([512, 1500, 2_500_000].map(fileSize)).toEqual(["512 B", "2 kB", "2.5 MB"]);
});
