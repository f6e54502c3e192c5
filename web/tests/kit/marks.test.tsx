import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { Explain } from "@/kit/Explain";
import { setLocale } from "@/kit/i18n";
import { Light, Person } from "@/kit/marks";
import { Money } from "@/kit/Money";
import { Progress, Steps } from "@/kit/progress";
import { Problem } from "@/kit/problem";
import { Boundary, ErrorState, Loaded } from "@/kit/states";

beforeEach(() => setLocale("zh-CN"));

test("a light is a colour with a word, and nothing when there is no limit", () => {
  const { container, rerender } = render(<Light light="red" />);
  expect(container).toHaveTextContent("已超时");
  rerender(<Light light={null} />);
  expect(container).toBeEmptyDOMElement();
});

test("an amount opens its explanation", async () => {
  const open = vi.fn();
  render(<Money amount="380" onExplain={open} />);
  await userEvent.click(screen.getByRole("button", { name: "¥380.00" }));
  expect(open).toHaveBeenCalledTimes(1);
});

test("a Chinese name shows its last character, another its first", () => {
  const { container } = render(
    <>
      <Person name="张师傅" />
      <Person name="anna" />
    </>,
  );
  expect([...container.querySelectorAll(".sn-person-disc")].map((disc) => disc.textContent)).toEqual([
    "傅",
    "A",
  ]);
});

test("an explanation opens branch by branch", async () => {
  const leaf = { label: "舍入", amount: "0.00" };
  render(
    <Explain
      tree={{
        label: "合计",
        amount: "380.00",
        children: [{ label: "基础费", amount: "360.00", children: [{ label: "系数", children: [leaf] }] }],
      }}
    />,
  );
  expect(screen.queryByText("舍入")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "系数" }));
  expect(screen.getByText("舍入")).toBeVisible();
});

test("steps say which is being done", () => {
  render(
    <Steps
      steps={[
        { key: 1, name: "派单", state: "done", seconds: 90 },
        { key: 2, name: "接单", state: "current", light: "yellow" },
      ]}
    />,
  );
  expect(screen.getAllByRole("listitem").map((item) => item.getAttribute("aria-current"))).toEqual([
    null,
    "step",
  ]);
  expect(screen.getByText("1分30秒")).toBeVisible();
  expect(screen.getByText("将超时")).toBeVisible();
});

test("progress says how much time is left", () => {
  const began = new Date("2026-03-01T12:00:00Z");
  render(<Progress done={25} total={100} startedAt={began} now={new Date("2026-03-01T12:00:20Z")} />);
  expect(screen.getByText("约剩 1分")).toBeVisible();
});

test("a failed read offers to try again; one that is not allowed does not", async () => {
  const again = vi.fn();
  const { rerender } = render(
    <ErrorState error={new Problem(503, "http.unavailable", "系统暂时不可用")} onRetry={again} />,
  );
  await userEvent.click(screen.getByRole("button", { name: "重试" }));
  expect(again).toHaveBeenCalledTimes(1);
  rerender(<ErrorState error={new Problem(403, "forbidden", "没有权限")} onRetry={again} />);
  expect(screen.queryByRole("button")).toBeNull();
});

test("what was read stays when reading it again fails", () => {
  const query = {
    data: "王女士",
    error: new Problem(0, "http.unreachable", "断网"),
    isPending: false,
    refetch: () => undefined,
  };
  render(<Loaded query={query}>{(name) => <p>{name}</p>}</Loaded>);
  expect(screen.getByText("王女士")).toBeVisible();
});

test("a page that breaks shows words, and draws again on request", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let broken = true;
  function Page() {
    if (broken) throw new Error("broken");
    return <p>好了</p>;
  }
  render(
    <Boundary>
      <Page />
    </Boundary>,
  );
  expect(screen.getByRole("alert")).toHaveTextContent("页面出错了");
  broken = false;
  await userEvent.click(screen.getByRole("button", { name: "重试" }));
  expect(screen.getByText("好了")).toBeVisible();
});
