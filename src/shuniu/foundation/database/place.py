"""Where the embedded server keeps its files.

Below the data folder, unless the server runs under an account that cannot get there (a checkout in root's home):
then below ``/var/lib/shuniu``, and a note in the data folder says so.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shuniu.foundation.database.account import Account
from shuniu.foundation.database.binaries import reachable

SHELTER = Path("/var/lib/shuniu")
NOTE = "postgres.elsewhere"
# A socket address holds 107 bytes, of which PostgreSQL needs these for the name of the file.
SOCKET_NAME = "/.s.PGSQL.5432"
SOCKET_BYTES_MAX = 107


@dataclass(frozen=True)
class Place:
    """The folders of one embedded server."""

    cluster: Path
    socket: Path
    programs: Path
    log: Path


def choose(data: Path, account: Account, say: Callable[[str], None]) -> Place:
    """The folders for the server of ``data``; makes them, owned by ``account`` and open to nobody else."""
    data.mkdir(parents=True, exist_ok=True)
    base = _base(data, account, say)
    base.mkdir(parents=True, exist_ok=True)
    if (base.stat().st_uid, base.stat().st_mode & 0o777) != (_uid(account), 0o700):
        account.own(base)
    logs = data / "logs"
    logs.mkdir(exist_ok=True)
    programs = reachable(account, SHELTER)
    return Place(
        cluster=base / "cluster", socket=_socket(base, account), programs=programs, log=logs / "postgres.log"
    )


def _base(data: Path, account: Account, say: Callable[[str], None]) -> Path:
    note = data / NOTE
    if note.exists():
        return Path(note.read_text(encoding="utf-8").strip())
    if account.reaches(data):
        return data / "postgres"
    SHELTER.mkdir(parents=True, exist_ok=True)
    base = SHELTER / _short_name(data)
    note.write_text(f"{base}\n", encoding="utf-8")
    say(
        f"PostgreSQL 不以 root 运行，无法进入 {data}，数据库改放在 {base}\n"
        f"PostgreSQL does not run as root and cannot enter {data}; its files are in {base}"
    )
    return base


def _socket(base: Path, account: Account) -> Path:
    folder = base / "socket"
    if len(os.fsencode(f"{folder}{SOCKET_NAME}")) > SOCKET_BYTES_MAX:
        folder = Path(tempfile.gettempdir()) / f"shuniu-{_short_name(base)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink():
        raise PermissionError(f"{folder} is a link that somebody else may have set")
    account.own(folder)
    return folder


def _uid(account: Account) -> int:
    return os.geteuid() if account.uid is None else account.uid


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
