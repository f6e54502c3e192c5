"""Takes the pictures of the readme from a running demo: `screenshots.py http://localhost:8000`.

The product must run with --demo; each picture goes to docs/images.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from shuniu.app.demo.accounts import PASSWORD

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
CONSOLE = {"width": 1360, "height": 860}
PHONE = {"width": 390, "height": 844}
# picture → (who looks, where, window)
PICTURES = {
    "home": ("chen", "/console", CONSOLE),
    "orders": ("chen", "/console/work-orders", CONSOLE),
    "units": ("sun", "/console/units", CONSOLE),
    "phone": ("zhang", "/m", PHONE),
}


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (login, path, window) in PICTURES.items():
            _take(browser, name, login, f"{sys.argv[1].rstrip('/')}{path}", window)
        browser.close()


def _take(browser: Browser, name: str, login: str, url: str, window: dict[str, int]) -> None:
    context = browser.new_context(viewport=window, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(url)
    page.locator("input").first.fill(login)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda now: "/login" not in now)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
