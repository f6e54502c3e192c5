import { beforeEach, expect, test, vi } from "vitest";

import { api, downloadUrl, whenSignedOut } from "@/kit/api";
import { setLocale } from "@/kit/i18n";
import { Problem } from "@/kit/problem";

const answer = (status: number, body: unknown): Response =>
  new Response(body === undefined ? null : JSON.stringify(body), { status });

let asked: Request[] = [];
function serve(...answers: (Response | Error)[]): void {
  asked = [];
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(request);
    const next = answers.shift() ?? answer(500, null);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
}

beforeEach(async () => {
  document.cookie = "csrftoken=abc123";
  await setLocale("zh-CN");
});

test("a write carries token, language and its own key", async () => {
  serve(answer(200, { id: 1 }));
  expect(await api.post("/api/things/{id}", { path: { id: 7 }, body: { a: 1 }, key: "key-of-form" })).toEqual(
    { id: 1 },
  );
  const [request] = asked;
  expect(new URL(request?.url ?? "").pathname).toBe("/api/things/7");
  expect(request?.headers.get("X-CSRFToken")).toBe("abc123");
  expect(request?.headers.get("Accept-Language")).toBe("zh-CN");
  expect(request?.headers.get("Idempotency-Key")).toBe("key-of-form");
  expect(await request?.json()).toEqual({ a: 1 });
});

test("empty filters are not sent, several values repeat the name", async () => {
  serve(answer(200, []));
  await api.get("/api/things", { query: { q: "", status: ["a", "b"], unit_id: null, limit: 20 } });
  expect(new URL(asked[0]?.url ?? "").search).toBe("?status=a&status=b&limit=20");
});

test("a refusal becomes a problem with its fields", async () => {
  const body = {
    title: "填写有误",
    code: "http.invalid",
    errors: [{ field: "phone", message: "号码不对", code: "phone" }],
    request_id: "r1",
  };
  serve(answer(422, body));
  const problem = await api.post("/api/things", { body: {} }).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({
    status: 422,
    code: "http.invalid",
    message: "填写有误",
    requestId: "r1",
    retryable: false,
  });
  expect((problem as Problem).errors).toEqual([{ field: "phone", message: "号码不对", code: "phone" }]);
});

test("an answer that is no problem document still has words", async () => {
  serve(new Response("<html>502</html>", { status: 502 }));
  await expect(api.get("/api/things")).rejects.toMatchObject({
    status: 502,
    message: "服务器出错了，请重试。",
    retryable: true,
  });
});

test("a line that is down says so and can be tried again", async () => {
  serve(new TypeError("Failed to fetch"));
  await expect(api.get("/api/things")).rejects.toMatchObject({
    status: 0,
    code: "http.unreachable",
    retryable: true,
  });
});

test("who is signed out is told once per answer", async () => {
  const told = vi.fn();
  whenSignedOut(told);
  serve(answer(401, { title: "请先登录", code: "identity.unauthenticated" }));
  await expect(api.get("/api/things")).rejects.toMatchObject({ status: 401 });
  expect(told).toHaveBeenCalledTimes(1);
});

test("no content is undefined", async () => {
  serve(answer(204, undefined));
  expect(await api.delete("/api/things/{id}", { path: { id: 1 } })).toBeUndefined();
});

test("a download keeps the filters", () => {
  expect(downloadUrl("/api/things/export", { format: "csv", status: ["a", "b"], q: undefined })).toBe(
    "/api/things/export?format=csv&status=a&status=b",
  );
});
