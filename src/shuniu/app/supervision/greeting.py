"""What the person at the terminal reads."""

from pathlib import Path

from shuniu.app.demo.accounts import ACCOUNTS, PASSWORD
from shuniu.app.supervision.hold import Addresses


def greeting(addresses: Addresses, data: Path, *, demo: bool) -> str:
    """The product runs: where it is, who may enter, where the data lie."""
    lines = [
        "",
        "枢纽 Shuniu 已启动 / is running",
        "",
        f"  网址 Address   {addresses.web}/",
    ]
    if addresses.sandbox is not None:
        lines.append(f"  沙箱 Sandbox   {addresses.sandbox}/   （企业微信的替身 / stands in for WeCom）")
    lines += [
        f"  数据 Data      {data}",
        f"  日志 Logs      {data / 'logs'}",
    ]
    if demo:
        lines += ["", *_accounts()]
    lines += ["", "按 Ctrl-C 停止 / press Ctrl-C to stop"]
    return "\n".join(lines)


def already_running(addresses: Addresses | None, data: Path) -> str:
    """The product runs already, or is just starting."""
    if addresses is None:
        return f"正在启动中，请稍候 / It is already being started: {data}"
    return f"已在运行 / It is already running: {addresses.web}/   （{data}）"


def _accounts() -> list[str]:
    rows = [
        f"    {account.login:10} {account.title_zh} {account.name} / {account.title_en}"
        for account in ACCOUNTS
    ]
    return [f"  演示账号 Demo accounts（密码 password: {PASSWORD}）", *rows]
