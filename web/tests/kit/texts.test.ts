import { beforeEach, expect, test } from "vitest";

import { allTexts, defineTexts, pick, setLocale } from "@/kit/i18n";

// every file that may declare texts is loaded, so that none is forgotten
const files = {
  ...import.meta.glob([
    "../../src/{app,domains,kit}/**/*.{ts,tsx}",
    "!../../src/app/{console,phone,sidebar,customer,staffEntry}.tsx",
    "!**/*.d.ts",
  ]),
};
await Promise.all(Object.values(files).map((load) => load()));

const places = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "").sort();
const all = [...allTexts].flatMap(([namespace, pairs]) =>
  Object.entries(pairs).map(([key, [zh, en]]) => ({ name: `${namespace}.${key}`, zh, en })),
);

beforeEach(() => setLocale("zh-CN"));

test("texts were found", () => expect(all.length).toBeGreaterThan(100));

test.each(all)("$name says the same in both languages", ({ zh, en }) => {
  expect(zh.trim()).not.toBe("");
  expect(en.trim()).not.toBe("");
  expect(places(en)).toEqual(places(zh));
});

test("Chinese has Chinese punctuation", () => {
  const half = /\p{Script=Han}[,;:!?()]|[,;:!?(]\p{Script=Han}/u;
  expect(all.filter(({ zh }) => half.test(zh)).map(({ name, zh }) => `${name}: ${zh}`)).toEqual([]);
});

test("English has no Chinese in it", () => {
  const mixed = all.filter(({ en }) => /\p{Script=Han}/u.test(en)).map(({ name }) => name);
  expect(mixed).toEqual([]);
});

test("a text follows the language, with its places and plurals", async () => {
  const texts = defineTexts("test-texts", {
    hello: ["你好，{{name}}", "Hello {{name}}"],
    rows_one: ["{{count}} 行", "{{count}} row"],
    rows_other: ["{{count}} 行", "{{count}} rows"],
  });
  expect(texts.t("hello", { name: "小李" })).toBe("你好，小李");
  expect(texts.t("rows", { count: 1 })).toBe("1 行");
  await setLocale("en");
  expect(texts.t("hello", { name: "<b>" })).toBe("Hello <b>");
  expect([1, 5].map((count) => texts.t("rows", { count }))).toEqual(["1 row", "5 rows"]);
  expect(pick(["工单", "Work order"])).toBe("Work order");
});
