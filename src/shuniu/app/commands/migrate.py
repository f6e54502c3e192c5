"""更新数据库结构 / bring the database's tables up to this version"""

import argparse

from django.core.management import call_command


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="只报告错误 / say nothing but errors")


def run(options: argparse.Namespace) -> int:
    call_command("migrate", interactive=False, verbosity=0 if options.quiet else 1)
    return 0
