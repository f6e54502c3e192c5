"""导出账本 / export the ledger for an auditor: shuniu ledger export --beancount FILE"""

import argparse
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from shuniu.ledger import queries


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="export")
    export = verbs.add_parser("export", help="写出全部账户与流水 / write all accounts and transactions")
    export.add_argument(
        "--beancount", type=Path, required=True, metavar="FILE", help="Beancount 文件 / a Beancount file"
    )


def run(options: argparse.Namespace) -> int:
    target: Path = options.beancount
    blocks = queries.beancount_lines(zone=ZoneInfo(settings.SHUNIU.time_zone), title="Shuniu 枢纽")
    with target.open("w", encoding="utf-8") as file:
        for block in blocks:
            file.write(block)
    print(f"已写入 / written: {target}")
    return 0
