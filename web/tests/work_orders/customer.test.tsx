import { render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import CustomerPage from "@/domains/work_orders/customer";
import type { Progress } from "@/domains/work_orders/customerApi";
import { setLocale } from "@/kit/i18n";

interface Listening {
  topics: string[][];
  stopped: number;
  moved: () => void;
}
const listening = vi.hoisted((): Listening => ({ topics: [], stopped: 0, moved: () => undefined }));
vi.mock("@/kit/live", () => ({
  listenLive: (topics: string[], onNews: () => void) => {
    listening.topics.push(topics);
    listening.moved = onNews;
    return () => (listening.stopped += 1);
  },
}));

const PROGRESS: Progress = {
  no: "WO1",
  title: "装空调",
  kind_name: { zh: "高空空调安装", en: "High-rise installation" },
  status: "open",
  store_name: "武汉光谷店",
  contact_name: "王女士",
  address: "",
  opened_at: "2026-11-20T02:00:00Z",
  closed_at: null,
  worker_name: "",
  worker_phone: "",
  stages: [],
  asks: "",
  asks_until: null,
  rating: null,
  solved: null,
  rating_comment: "",
};

const answers: { status: number; body: unknown }[] = [];
const asked = vi.fn();

beforeEach(async () => {
  await setLocale("zh-CN");
  listening.topics.length = 0;
  listening.stopped = 0;
  answers.length = 0;
  asked.mockClear();
  vi.stubGlobal("fetch", (path: string) => {
    asked(path);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return Promise.resolve(
      new Response(JSON.stringify(next?.body), {
        status: next?.status ?? 500,
        headers: { "Content-Type": "application/json" },
      }),
    );
  });
});
afterEach(() => vi.unstubAllGlobals());

test.each([
  [404, "work_order.link_invalid", "链接无效，请向服务人员索取新的链接"],
  [410, "work_order.link_expired", "链接已过期，请联系门店查看"],
])(
  "a link answered with %d is said once, in Chinese, and nothing is followed",
  async (status, code, detail) => {
    answers.push({ status, body: { code, detail } });
    render(<CustomerPage token="forged" />);
    expect(await screen.findByText(detail)).toBeVisible();
    expect(screen.getByRole("heading", { name: "链接打不开了" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "重试" })).toBeNull();
    expect(listening.topics).toEqual([]);
    expect(asked.mock.calls).toEqual([["/api/c/forged"]]);
  },
);

test("a good link is followed, and no longer once it has ended", async () => {
  answers.push(
    { status: 200, body: PROGRESS },
    { status: 410, body: { code: "work_order.link_expired", detail: "链接已过期，请联系门店查看" } },
  );
  render(<CustomerPage token="good" />);
  expect(await screen.findByText("高空空调安装")).toBeVisible();
  expect(listening.topics).toEqual([["work_order:good"]]);
  listening.moved();
  expect(await screen.findByText("链接已过期，请联系门店查看")).toBeVisible();
  await waitFor(() => expect(listening.stopped).toBe(1));
});

test("a busy server is asked again at a press", async () => {
  answers.push({ status: 503, body: { detail: "服务器正忙" } });
  render(<CustomerPage token="good" />);
  expect(await screen.findByRole("button", { name: "重试" })).toBeVisible();
  expect(listening.topics).toEqual([]);
});
