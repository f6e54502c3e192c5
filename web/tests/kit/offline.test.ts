import { beforeEach, expect, test, vi } from "vitest";

const posts: { path: string; key: string | undefined }[] = [];
let outcome: (path: string) => Promise<unknown> = () => Promise.resolve({});

vi.mock("@/kit/api", async (original) => ({
  ...(await original<typeof import("@/kit/api")>()),
  api: {
    post: (path: string, options: { key?: string }) => {
      posts.push({ path, key: options.key });
      return outcome(path);
    },
  },
}));
const { sendOrKeep, sendWaiting } = await import("@/kit/offline");
const { Problem } = await import("@/kit/problem");

const stored = (): { path: string; key: string }[] =>
  JSON.parse(localStorage.getItem("shuniu.outbox") ?? "[]") as never;

beforeEach(async () => {
  outcome = () => Promise.resolve({});
  await sendWaiting(() => undefined);
  posts.length = 0;
});

test("with a line it is sent at once", async () => {
  expect(await sendOrKeep({ path: "/a", body: {}, label: "a" })).toBe("sent");
  expect(stored()).toEqual([]);
});

test("without a line it waits, later ones behind it, and all keep their keys", async () => {
  outcome = () => Promise.reject(new Problem(0, "http.unreachable", "offline"));
  expect(await sendOrKeep({ path: "/a", body: {}, label: "a", key: "key-a" })).toBe("kept");
  expect(await sendOrKeep({ path: "/b", body: {}, label: "b", key: "key-b" })).toBe("kept");
  posts.length = 0;
  outcome = () => Promise.resolve({});
  await sendWaiting(() => undefined);
  expect(posts).toEqual([
    { path: "/a", key: "key-a" },
    { path: "/b", key: "key-b" },
  ]);
  expect(stored()).toEqual([]);
});

test("a refusal is thrown to the page when there is a line", async () => {
  outcome = () => Promise.reject(new Problem(409, "flow.work_taken", "已被他人处理"));
  await expect(sendOrKeep({ path: "/a", body: {}, label: "a" })).rejects.toMatchObject({ status: 409 });
  expect(stored()).toEqual([]);
});

test("a waiting write that is refused is told and makes way for the next", async () => {
  outcome = () => Promise.reject(new Problem(0, "http.unreachable", "offline"));
  await sendOrKeep({ path: "/a", body: {}, label: "a" });
  await sendOrKeep({ path: "/b", body: {}, label: "b" });
  outcome = (path) =>
    path === "/a" ? Promise.reject(new Problem(409, "flow.work_taken", "已被他人处理")) : Promise.resolve({});
  const refused: string[] = [];
  await sendWaiting((write, problem) => refused.push(`${write.label}: ${problem.message}`));
  expect(refused).toEqual(["a: 已被他人处理"]);
  expect(stored()).toEqual([]);
});
