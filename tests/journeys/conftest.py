"""The demo company as processes, and Chromium to look at it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests.app.product import Product, migrated_folder

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# 武汉光谷: where the story's field worker stands
PLACE = {"latitude": 30.506, "longitude": 114.398, "accuracy": 12}


@pytest.fixture(scope="session")
def demo() -> Iterator[Product]:
    """One running demo company for all journeys."""
    with migrated_folder() as data:
        product = Product(data, "--demo")
        product.start()
        yield product
        product.stop()


@pytest.fixture(scope="session")
def sandbox_address(demo: Product) -> str:
    noted: str = json.loads((demo.data / "running.json").read_text(encoding="utf-8"))["sandbox"]
    return noted


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing; type: apt-get install -y chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Windows:
    """Opens browser windows, each with cookies of its own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self.opened: list[BrowserContext] = []

    def window(self, size: dict[str, int]) -> BrowserContext:
        """A window at a desk or in a hand, in Chinese."""
        context = self._browser.new_context(
            base_url=self._address,
            viewport={"width": size["width"], "height": size["height"]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            geolocation=PLACE,
            permissions=["geolocation"],
            has_touch=size is PHONE,
        )
        context.set_default_timeout(30_000)
        self.opened.append(context)
        return context

    def signed_in(self, login: str, size: dict[str, int]) -> BrowserContext:
        """A window in which somebody of the demo company has signed in by the form."""
        context = self.window(size)
        page = context.new_page()
        page.goto("/login?next=%2Fconsole%2Fme")
        page.get_by_label("用户名").fill(login)
        page.get_by_label("密码", exact=True).fill("shuniu-demo")
        page.keyboard.press("Enter")
        page.wait_for_url("**/console/me")
        page.close()
        return context


@pytest.fixture
def windows(browser: Browser, demo: Product) -> Iterator[Windows]:
    opened = Windows(browser, demo.address)
    yield opened
    for context in opened.opened:
        context.close()


@pytest.fixture
def photos(tmp_path: Path) -> list[str]:
    """Two pictures as a phone's camera makes them."""
    paths = []
    for name, colour in (("室内机.jpg", "#dfe9f5"), ("室外机.jpg", "#e4efe2")):
        out = io.BytesIO()
        Image.new("RGB", (1600, 1200), colour).save(out, "JPEG")
        path = tmp_path / name
        path.write_bytes(out.getvalue())
        paths.append(str(path))
    return paths
