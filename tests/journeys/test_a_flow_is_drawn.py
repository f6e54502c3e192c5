"""A shop manager draws 审批 → 并行 → 安装 → 回访 and publishes it: no help, no code, everything kept by itself."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESK, Windows

pytestmark = [pytest.mark.browser, pytest.mark.product, pytest.mark.timeout(300)]
expect.set_options(timeout=30_000)


def test_a_shop_manager_draws_a_flow_and_publishes_it(windows: Windows) -> None:
    page = windows.signed_in("chen", DESK).new_page()
    _begin(page, "高空安装")
    _add(page, "审批", last=True)
    _add(page, "并行", last=True)
    lanes = [gap for gap in _gaps(page) if "+" not in gap][2:4]
    for gap, name in zip(lanes, ("备货", "预约"), strict=True):
        page.locator(f'.fl-plus[data-gap="{gap}"]').click()
        _choose(page, "办理", name)
    _add(page, "办理", last=True)
    _call(page, "上门安装")
    _add(page, "回访", last=True)

    for node in ("审批", "备货", "预约", "上门安装", "满意度回访"):
        expect(page.locator(".fl-card").filter(has_text=node)).to_be_visible()
    expect(page.get_by_text(re.compile("^已保存"))).to_be_visible()
    expect(page.get_by_role("button", name="检查：没有问题")).to_be_visible()
    _undo_and_redo(page)
    _publish(page)
    expect(page.get_by_role("heading", name="高空安装")).to_be_visible()
    expect(page.get_by_text("第一版：审批后备货和预约同时进行")).to_be_visible()
    expect(page.locator(".fl-card").filter(has_text="上门安装")).to_be_visible()


def _begin(page: Page, name: str) -> None:
    page.goto("/console/flows")
    page.get_by_role("button", name="新建流程").first.click()
    page.locator("#name").fill(name)
    page.get_by_role("button", name="开始设计").click()
    page.wait_for_url("**/design")
    expect(page.locator(".fl-plus")).to_have_count(1)


def _gaps(page: Page) -> list[str]:
    """The places for a new step, from the top."""
    found = page.locator(".fl-plus")
    return [found.nth(place).get_attribute("data-gap") or "" for place in range(found.count())]


def _add(page: Page, kind: str, *, last: bool) -> None:
    plus = page.locator(".fl-plus")
    before = plus.count()
    (plus.last if last else plus.first).click()
    page.get_by_role("menuitem", name=kind, exact=True).click()
    expect(plus).not_to_have_count(before)


def _choose(page: Page, kind: str, name: str) -> None:
    page.get_by_role("menuitem", name=kind, exact=True).click()
    _call(page, name)


def _call(page: Page, name: str) -> None:
    page.get_by_label("名称", exact=True).fill(name)
    expect(page.locator(".fl-card").filter(has_text=name)).to_be_visible()


def _undo_and_redo(page: Page) -> None:
    steps = page.locator(".fl-card")
    page.locator(".fl-card").filter(has_text="满意度回访").click()
    page.keyboard.press("Delete")
    expect(steps).to_have_count(4)
    page.keyboard.press("Control+z")
    expect(steps).to_have_count(5)


def _publish(page: Page) -> None:
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_label("这一版改了什么").fill("第一版：审批后备货和预约同时进行")
    page.locator(".ant-drawer").get_by_role("button", name="发布", exact=True).click()
    page.wait_for_url(re.compile(r"/console/flows/\w+$"))
