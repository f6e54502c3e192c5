"""更新数据库结构与内置内容 / bring the tables, and what ships with the product, up to this version"""

import argparse

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shuniu.app import wiring
from shuniu.foundation.access import system
from shuniu.foundation.clock import now
from shuniu.org.actions.start import ensure_shipped


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="只报告错误 / say nothing but errors")
    parser.add_argument(
        "--waiting", action="store_true", help="只查看，不更新 / look only; exit 1 when any wait"
    )


def run(options: argparse.Namespace) -> int:
    if options.waiting:
        return _waiting()
    wiring.wire()
    call_command("migrate", interactive=False, verbosity=0 if options.quiet else 1)
    ensure_shipped(zone=settings.TIME_ZONE, by=system("migrate"), now=now())
    return 0


def _waiting() -> int:
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        print(f"{len(steps)} 步待更新 / steps wait")
    return 1 if steps else 0
