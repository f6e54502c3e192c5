"""创建管理员，打印一次性密码 / create an administrator and print a one-time password"""

import argparse

from django.utils.timezone import localtime

from shuniu.app import wiring
from shuniu.foundation.access import system
from shuniu.foundation.clock import now
from shuniu.org.actions.start import create_administrator
from shuniu.org.queries import root_unit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", nargs="?", default="admin", help="登录名 / login name (admin)")
    parser.add_argument("--name", default="系统管理员", help="姓名 / the person's name")
    parser.add_argument(
        "--enterprise", default="我的企业", help="企业名称，首次需要 / the enterprise, at the first time"
    )
    parser.add_argument(
        "--first", action="store_true", help="已有企业时什么也不做 / do nothing when there is one"
    )


def run(options: argparse.Namespace) -> int:
    if options.first and root_unit() is not None:
        return 0
    wiring.wire()
    given = create_administrator(
        username=options.username,
        name=options.name,
        enterprise=options.enterprise,
        by=system("createadmin"),
        now=now(),
    )
    print(
        f"\n管理员 Administrator: {given.username}\n"
        f"一次性密码 One-time password: {given.password}\n"
        "只显示这一次，首次登录须修改，有效期至 / shown only now, to be changed at the first login, valid until "
        f"{localtime(given.expires_at):%Y-%m-%d %H:%M}",
        flush=True,
    )
    return 0
