import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { TablePage, type TablePageProps } from "@/kit/desk/table/TablePage";
import { setLocale } from "@/kit/i18n";

import { draw } from "./draw";
import { type Asked, server } from "./server";

interface Row {
  id: number;
  no: string;
}

beforeEach(() => setLocale("zh-CN"));

const rows = (...ids: number[]) => ({
  items: ids.map((id) => ({ id, no: `WO-${id}` })),
  next: null,
  total: ids.length,
});

function list(props: Partial<TablePageProps<Row>> = {}, address = "/") {
  return draw(
    <TablePage<Row>
      title="工单"
      path="/api/things"
      columns={[{ key: "no", title: "单号", fixed: true, sort: true }]}
      filters={[
        { kind: "search", name: "q", label: "搜索" },
        { kind: "flag", name: "urgent", label: "只看紧急" },
        { kind: "period", name: "at", label: "时间", names: ["since", "until"], moments: true },
      ]}
      views={[{ key: "open", label: "进行中", filters: { status: "open" } }]}
      {...props}
    />,
    address,
  );
}

const last = (asked: readonly Asked[]) => new URLSearchParams(asked.at(-1)?.query);

test("the address says what is asked, and the page what was found", async () => {
  const asked = server({ "GET /api/things": { body: rows(1, 2) } });
  list({}, "/?q=王&status=open&sort=-no");
  expect(await screen.findByText("WO-2")).toBeVisible();
  expect(screen.getByText("共 2 条")).toBeVisible();
  expect(Object.fromEntries(last(asked))).toEqual({ q: "王", status: "open", sort: "-no", limit: "20" });
  expect(screen.getByRole("tab", { name: "全部" })).toHaveAttribute("aria-selected", "false");
});

test("a filter goes into the address and the question", async () => {
  const asked = server({ "GET /api/things": { body: rows(1) } });
  const router = list();
  await userEvent.click(await screen.findByRole("checkbox", { name: "只看紧急" }));
  await waitFor(() => expect(last(asked).get("urgent")).toBe("true"));
  expect(router.state.location.search).toBe("?urgent=true");
  await userEvent.click(screen.getByRole("tab", { name: "进行中" }));
  await waitFor(() => expect(router.state.location.search).toBe("?status=open"));
});

test("days become moments where the list wants moments", async () => {
  const asked = server({ "GET /api/things": { body: rows(1) } });
  list({}, "/?since=2026-03-01&until=2026-03-01");
  await screen.findByText("WO-1");
  const [since, until] = [last(asked).get("since"), last(asked).get("until")].map((at) => new Date(at ?? ""));
  expect((until?.getTime() ?? 0) - (since?.getTime() ?? 0)).toBe(86_400_000 - 1);
});

test("a head sorts, and sorts the other way", async () => {
  const asked = server({ "GET /api/things": { body: rows(1) } });
  list();
  await screen.findByText("WO-1");
  await userEvent.click(screen.getByRole("columnheader", { name: /单号/ }));
  await waitFor(() => expect(last(asked).get("sort")).toBe("no"));
  await userEvent.click(screen.getByRole("columnheader", { name: /单号/ }));
  await waitFor(() => expect(last(asked).get("sort")).toBe("-no"));
});

test("the next page follows the cursor, another question starts again", async () => {
  const asked = server({
    "GET /api/things": (one) => ({
      body: one.query.includes("cursor=c2") ? rows(3) : { ...rows(1, 2), next: "c2" },
    }),
  });
  list();
  await screen.findByText("WO-1");
  await userEvent.click(screen.getByRole("button", { name: "下一页" }));
  expect(await screen.findByText("WO-3")).toBeVisible();
  await userEvent.click(screen.getByRole("checkbox", { name: "只看紧急" }));
  await waitFor(() => expect(last(asked).get("cursor")).toBeNull());
});

test("a row opens its drawer, and the address with it", async () => {
  server({ "GET /api/things": { body: rows(7) } });
  const router = list({ detail: (id) => <p>详情 {id}</p>, detailTitle: (_, row) => row?.no });
  await userEvent.click(await screen.findByText("WO-7"));
  expect(await screen.findByText("详情 7")).toBeVisible();
  expect(router.state.location.search).toBe("?open=7");
});

test("picked rows get their actions", async () => {
  server({ "GET /api/things": { body: rows(1, 2) } });
  const run = vi.fn();
  list({ bulk: [{ key: "close", label: "关闭", run }] });
  await screen.findByText("WO-1");
  await userEvent.click(document.querySelector(".ant-table-row .ant-checkbox-input") as HTMLElement);
  await userEvent.click(screen.getByRole("button", { name: "关闭" }));
  expect(run.mock.calls[0]?.[0]).toHaveLength(1);
});

test("an empty list teaches; one emptied by filters offers to clear them", async () => {
  server({ "GET /api/things": { body: rows() } });
  const router = list({ empty: { title: "还没有工单", hint: "从侧边栏新建" } }, "/?q=x");
  await userEvent.click((await screen.findAllByRole("button", { name: "清除筛选" })).at(-1) as HTMLElement);
  expect(await screen.findByText("还没有工单")).toBeVisible();
  expect(router.state.location.search).toBe("");
});

test("a list that cannot be read says why and tries again", async () => {
  let down = true;
  server({
    "GET /api/things": () =>
      down ? { status: 409, body: { title: "系统忙", code: "busy" } } : { body: rows(1) },
  });
  list();
  expect(await screen.findByText("系统忙")).toBeVisible();
  down = false;
  await userEvent.click(screen.getByRole("button", { name: "重试" }));
  expect(await screen.findByText("WO-1")).toBeVisible();
});
