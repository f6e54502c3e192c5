"""The account PostgreSQL runs under.

PostgreSQL refuses to run as root. Started by root it therefore runs under a system account of its own, which must be
able to reach its folders; permissions of folders that are not ours are never changed for it.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shuniu.foundation.database.errors import NoAccount

ACCOUNT_NAME = "shuniu"


@dataclass(frozen=True)
class Account:
    """Whom the server runs as; ``uid`` is None when it runs as whoever starts it."""

    uid: int | None = None
    gid: int | None = None

    def process_options(self) -> dict[str, object]:
        """Keyword arguments that make ``subprocess`` start a program under this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path) -> bool:
        """Whether this account may enter ``path`` (a folder) or run it (a program)."""
        found = subprocess.run(  # type: ignore[call-overload]
            ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)], cwd="/", check=False, **self.process_options()
        )
        return bool(found.returncode == 0)

    def own(self, folder: Path) -> None:
        """Hand ``folder`` and all below it to this account, open to nobody else."""
        folder.chmod(0o700)
        if self.uid is None or self.gid is None:
            return
        for path in _walk(folder):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_account() -> Account:
    """The account for the server started by this process; made when it is root's first start.

    Raises NoAccount when root can neither find nor make one.
    """
    if os.geteuid() != 0:
        return Account()
    entry = _entry(ACCOUNT_NAME) or _created() or _entry("postgres") or _entry("nobody")
    if entry is None:
        raise NoAccount(
            zh=f"PostgreSQL 不能以 root 运行，也无法创建系统用户。请执行：useradd --system {ACCOUNT_NAME}",
            en=f"PostgreSQL does not run as root and no account could be made. Type: useradd --system {ACCOUNT_NAME}",
        )
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _created() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    # Another process may make it at the same moment; what counts is that it is there afterwards.
    subprocess.run(
        [
            useradd,
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            ACCOUNT_NAME,
        ],
        check=False,
        capture_output=True,
    )
    return _entry(ACCOUNT_NAME)


def _walk(folder: Path) -> Iterator[Path]:
    yield folder
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield Path(parent, name)
