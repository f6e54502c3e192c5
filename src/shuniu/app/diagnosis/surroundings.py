"""What can be checked without the database: variables, folders, pages, addresses."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from shuniu.app import environment
from shuniu.app.diagnosis.findings import Finding, good, problem, warning
from shuniu.app.environment import ConfigurationError, Environment
from shuniu.app.installation import SECRETS, Installation

DISK_BYTES_MIN = 2 * 2**30
PAGES = Path(__file__).parent.parent / "pages"
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def variables() -> tuple[Environment | None, list[Finding]]:
    """The environment when it can be used, and what there is to say about it."""
    try:
        read = environment.read()
    except ConfigurationError as error:
        return None, [problem(*_halves(text)) for text in error.problems]
    return read, [good("环境变量齐全", "All variables are set and strong enough"), *_addresses(read)]


def folders(installation: Installation) -> Iterator[Finding]:
    """The data folder can be written, has room, and keeps its secrets to its owner."""
    data = installation.data
    if not os.access(data, os.W_OK):
        yield problem(f"无法写入数据目录 {data}", f"The data folder {data} cannot be written")
        return
    free = shutil.disk_usage(data).free
    if free < DISK_BYTES_MIN:
        yield warning(
            f"数据目录所在磁盘只剩 {free / 2**30:.1f} GiB",
            f"Only {free / 2**30:.1f} GiB are free on the disk of {data}",
        )
    else:
        yield good(
            f"数据目录 {data} 可写，剩余 {free / 2**30:.0f} GiB", f"The data folder can be written: {data}"
        )
    kept = data / SECRETS
    if kept.exists() and kept.stat().st_mode & 0o077:
        yield problem(f"{kept} 可被其他用户读取，请 chmod 600", f"Others can read {kept}; chmod 600 it")


def pages() -> Iterator[Finding]:
    """The web pages were built, or came with the wheel."""
    if (PAGES / "console.html").is_file():
        yield good("网页已构建", "The web pages are built")
    else:
        yield problem("网页尚未构建，请执行 make web", "The web pages are not built; type make web")


def _addresses(read: Environment) -> Iterator[Finding]:
    public = urlsplit(read.public_url)
    if public.hostname in LOCAL:
        yield warning(
            f"公开地址是 {read.public_url}，企业微信与客户无法访问；请设置 SHUNIU_PUBLIC_URL",
            f"The public address is {read.public_url}, which WeCom and customers cannot reach; set SHUNIU_PUBLIC_URL",
        )
    else:
        if public.scheme != "https":
            yield problem(
                "公开地址不是 https，登录信息会被看到", "The public address is not https; logins can be read"
            )
        if read.demo:
            yield problem(
                "演示模式的账号是公开的，不能放到公网",
                "Demo accounts are known to all; never on a public address",
            )
        if public.hostname not in read.allowed_hosts and "*" not in read.allowed_hosts:
            yield problem(
                f"SHUNIU_ALLOWED_HOSTS 不含 {public.hostname}",
                f"SHUNIU_ALLOWED_HOSTS does not name {public.hostname}",
            )


def _halves(text: str) -> tuple[str, str]:
    """``NAME: 中文 / English`` as two sentences."""
    name, _, rest = text.partition(": ")
    zh, _, en = rest.partition(" / ")
    return f"{name} {zh}", f"{name} {en}"
