"""The whole line: a chat in WeCom, a work order on a flow, an earning, a payout; every page moves by itself."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.app.product import until
from tests.journeys.conftest import DESK, PHONE, Windows

pytestmark = [pytest.mark.browser, pytest.mark.product, pytest.mark.timeout(600)]

COUNTED = ("新建工单", "已接单", "已完工", "已关闭")
SAID = "新空调要装在 6 楼，外墙没有平台，能安排师傅吗？"
expect.set_options(timeout=30_000)


def test_a_chat_becomes_a_work_order_that_pays_its_field_worker(
    windows: Windows, sandbox_address: str, photos: list[str]
) -> None:
    manager = windows.signed_in("chen", DESK).new_page()
    _await_the_feed(windows)
    before = _todays_figures(manager)
    number = _the_agent_makes_an_order_from_the_chat(windows, sandbox_address)
    link = _the_manager_sees_it(manager, number)
    customer = windows.window(PHONE).new_page()
    customer.goto(link)
    expect(customer.get_by_text("正在为您安排师傅").first).to_be_visible()
    worker = windows.signed_in("zhang", PHONE)
    phone = worker.new_page()
    wallet = worker.new_page()
    _the_worker_sees_what_it_pays_and_accepts(phone)
    expect(customer.get_by_text("师傅已接单").first).to_be_visible()
    _the_worker_completes(phone, photos)
    wallet.goto("/m/earnings")
    expect(_line(wallet)).to_contain_text("待确认")
    _the_customer_confirms_and_rates(customer)
    expect(_line(wallet)).to_contain_text("可提现")
    _finance_pays(windows.signed_in("qian", DESK).new_page())
    expect(_line(wallet)).to_contain_text("已到账")
    _the_amount_opens_to_its_explanation(manager)
    _the_home_page_counted_it(manager, before)


def _the_agent_makes_an_order_from_the_chat(windows: Windows, sandbox_address: str) -> str:
    page = windows.window(DESK).new_page()
    page.goto(sandbox_address)
    page.get_by_label("客户消息").fill(SAID)
    page.locator("#customer-form button").click()
    side = page.frame_locator("#sidebar")
    expect(side.get_by_role("heading", name="王女士")).to_be_visible()
    expect(side.get_by_text("139****0001").first).to_be_visible()
    expect(side.get_by_text(SAID).first).to_be_visible()
    expect(side.get_by_text(re.compile("SO20")).first).to_be_visible()
    side.get_by_role("button", name="建工单").click()
    expect(side.get_by_label("楼层")).to_have_value("6")
    expect(side.get_by_label("联系人")).to_have_value("王女士")
    expect(side.get_by_label("地址")).to_have_value(re.compile("珞喻路 1037 号"))
    side.get_by_label("工单类型").select_option(label="高空空调安装")
    side.get_by_role("button", name="提交工单").click()
    made = side.get_by_text(re.compile(r"已建工单 WO\d{8}-\d+"))
    expect(made).to_be_visible()
    found = re.search(r"WO\d{8}-\d+", made.inner_text())
    assert found is not None
    return found[0]


def _the_manager_sees_it(page: Page, number: str) -> str:
    """The order on the manager's list and page; the address of the customer's page."""
    page.goto("/console")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("王女士")
    expect(row).to_contain_text("正常")
    page.goto(f"/console/work-orders?text={number}")
    page.get_by_role("row").filter(has_text=number).click()
    link = page.get_by_role("link", name="客户进度页")
    expect(page.get_by_text(SAID).first).to_be_visible()
    href = link.get_attribute("href")
    assert href is not None
    return href


def _the_worker_sees_what_it_pays_and_accepts(page: Page) -> None:
    page.goto("/m")
    page.get_by_role("tab", name=re.compile("待接单")).click()
    page.get_by_text("高空空调安装").first.click()
    income = page.locator(".wo-income")
    expect(income).to_contain_text("基础费 300.00 × 难度系数 1.2 = 360.00")
    expect(income).to_contain_text("高温补贴")
    expect(income).to_contain_text("+¥20.00")
    expect(income).to_contain_text("平台扣款")
    expect(income.locator(".wo-income-total")).to_contain_text("¥380.00")
    page.get_by_role("button", name="接单", exact=True).click()
    expect(page.get_by_role("button", name="完工提交")).to_be_visible()


def _the_worker_completes(page: Page, photos: list[str]) -> None:
    page.get_by_role("button", name="完工提交").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("input[type=file]").set_input_files(photos)
    expect(page.locator(".sn-upload-item img")).to_have_count(2)
    page.get_by_role("button", name="点此定位").click()
    expect(page.get_by_text("已定位")).to_be_visible()
    pad = page.locator(".sn-sign canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 110, steps=8)
    page.mouse.move(box["x"] + 200, box["y"] + 50, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="保存签名").click()
    expect(page.get_by_alt_text("签名已保存")).to_be_visible()
    page.get_by_role("button", name="完工提交").click()
    expect(page.get_by_alt_text("请客户扫码确认")).to_be_visible()


def _line(wallet: Page) -> Locator:
    """The newest line of the worker's earnings."""
    return wallet.locator(".st-line").first


def _the_customer_confirms_and_rates(page: Page) -> None:
    page.get_by_role("button", name="确认服务完成").click()
    page.locator(".sn-stars label").nth(4).click()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("感谢您的评价").first).to_be_visible()


def _finance_pays(page: Page) -> None:
    page.goto("/console/settlement/payouts")
    page.get_by_role("button", name="新建批次").click()
    page.get_by_role("button", name=re.compile("创建批次")).click()
    page.get_by_role("button", name="审批通过").click()
    page.get_by_role("dialog").get_by_role("button", name="审批通过").click()
    page.get_by_role("button", name="全部登记到账").click()
    page.get_by_role("dialog").get_by_role("button", name="全部登记到账").click()
    expect(page.get_by_text("已完成").first).to_be_visible()


def _the_amount_opens_to_its_explanation(page: Page) -> None:
    page.goto("/console/settlement/earnings")
    page.get_by_role("row").filter(has_text="380.00").first.get_by_text("380.00").click()
    drawer = page.get_by_role("dialog")
    for words in ("300.00", "1.2", "360.00", "20.00", "380.00", "取整", "来源事件", "上门服务结算方案"):
        expect(drawer.get_by_text(words).first).to_be_visible()


def _await_the_feed(windows: Windows) -> None:
    """The demo company's past is told to everybody once, right after its first start."""
    admin = windows.signed_in("admin", DESK)

    def behind() -> int:
        state = admin.request.get("/api/hub/state").json()
        return int(state["pending"]) + sum(one["behind"] for one in state["subscribers"])

    until(lambda: behind() == 0, "every subscriber has read the feed")


def _todays_figures(page: Page) -> dict[str, int]:
    """What the home page counts today: orders of yesterday may be done today too."""
    page.goto("/console")
    cards = {name: page.locator(".sn-figure-card").filter(has_text=name) for name in COUNTED}
    expect(cards[COUNTED[0]]).to_be_visible()
    return {name: int(card.locator(".sn-figure-value").inner_text()) for name, card in cards.items()}


def _the_home_page_counted_it(page: Page, before: dict[str, int]) -> None:
    page.goto("/console")
    for name, count in before.items():
        card = page.locator(".sn-figure-card").filter(has_text=name)
        expect(card.locator(".sn-figure-value")).to_have_text(str(count + 1))
