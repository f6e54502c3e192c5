"""演示公司:载入、恢复、账号 / the demo company: load it, restore it, show its accounts"""

import argparse
import sys
import time

from django.conf import settings

from shuniu.app import wiring
from shuniu.app.demo import load, sandbox
from shuniu.app.demo.accounts import ACCOUNTS, PASSWORD
from shuniu.foundation.clock import now


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("ensure", "reset", "accounts"),
        help="ensure: 没有时载入 / load it when there is none; reset: 清空并重新载入 / throw away and load anew",
    )


def run(options: argparse.Namespace) -> int:
    if options.what == "accounts":
        for account in ACCOUNTS:
            print(f"{account.login:<10}{PASSWORD:<14}{account.title_zh} / {account.title_en}")
        return 0
    if not settings.SHUNIU.demo:
        print("只能用于演示数据目录（SHUNIU_DEMO=1）/ only for a demo installation", file=sys.stderr)
        return 2
    wiring.wire()
    if options.what == "ensure" and load.is_loaded():
        sandbox.connect(now=now())
        return 0
    started = time.monotonic()
    (load.reset if options.what == "reset" else load.load)(now=now())
    print(f"演示公司已就绪 / the demo company is ready ({time.monotonic() - started:.1f} s)")
    return 0
