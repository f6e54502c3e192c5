"""Takes the pictures of the readme from a running demo: `screenshots.py http://localhost:8000`.

The product must run with --demo; each picture goes to docs/images.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from shuniu.app.demo.accounts import PASSWORD

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
WINDOW = {"width": 1360, "height": 860}
# picture → (who looks, where, what must be there before it is taken)
PICTURES = {
    "home": ("chen", "/console", "text=近 30 天新建"),
    "orders": ("zhou", "/console/work-orders", "tr.ant-table-row"),
}


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (login, path, sight) in PICTURES.items():
            _take(browser, name, login, f"{sys.argv[1].rstrip('/')}{path}", sight)
        browser.close()


def _take(browser: Browser, name: str, login: str, url: str, sight: str) -> None:
    context = browser.new_context(viewport=WINDOW, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(url)
    page.locator("input").first.fill(login)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda now: "/login" not in now)
    page.goto(url)
    page.locator(sight).first.wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
