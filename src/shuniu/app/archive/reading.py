"""Restore an archive into an empty place."""

import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

import psycopg

from shuniu.app.archive.manifest import (
    DATABASE,
    FILES,
    KIND,
    MANIFEST,
    SECRETS,
    Manifest,
    NotEmpty,
    fingerprint,
    unreadable,
)
from shuniu.foundation.database.binaries import bundled
from shuniu.foundation.database.errors import DatabaseError


class RestoreFailed(DatabaseError):
    """pg_restore ended with an error; nothing was kept."""


class KeysDoNotFit(DatabaseError):
    """The keys in the environment are not those of the archive: encrypted fields would be unreadable."""


def read_manifest(source: Path) -> Manifest:
    """What the archive says about itself. Raises ArchiveUnreadable."""
    try:
        with tarfile.open(source) as tar:
            member = tar.extractfile(MANIFEST)
            return Manifest.from_json(member.read() if member else b"")
    except (tarfile.TarError, KeyError, OSError) as error:
        raise unreadable(f"{source}: {error}") from error


def restore(*, source: Path, data: Path, environ: Mapping[str, str], own_keys: bool) -> Manifest:
    """Database and files from ``source``; both must be empty. Raises NotEmpty, KeysDoNotFit, RestoreFailed.

    With ``own_keys`` the installation keeps its keys in the data folder and takes over those of the archive;
    otherwise the environment's keys must be the archive's.
    """
    manifest = read_manifest(source)
    _require_empty(environ["DATABASE_URL"], data)
    if not own_keys and manifest.keys != fingerprint(environ):
        raise KeysDoNotFit(
            zh="环境变量 SHUNIU_FIELD_KEYS、SHUNIU_HASH_KEY 与备份时不同，加密资料将无法读取",
            en="SHUNIU_FIELD_KEYS and SHUNIU_HASH_KEY are not those of the backup; encrypted data would be unreadable",
        )
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as folder, tarfile.open(source) as tar:
        _unpack(tar, Path(folder))
        unpacked = Path(folder)
        _load(environ["DATABASE_URL"], unpacked / DATABASE)
        if (unpacked / FILES).exists():
            if (data / FILES).exists():
                (data / FILES).rmdir()
            (unpacked / FILES).rename(data / FILES)
        if own_keys and (unpacked / SECRETS).exists():
            (unpacked / SECRETS).chmod(0o600)
            (unpacked / SECRETS).replace(data / SECRETS)
        if (unpacked / KIND).exists():
            (unpacked / KIND).replace(data / KIND)
    return manifest


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Refuses members that would land outside the folder, links and devices."""
    try:
        tar.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise unreadable(str(error)) from error


def _require_empty(url: str, data: Path) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row != (0,):
        raise NotEmpty(
            zh="数据库不是空的，恢复需要空的数据库", en="The database is not empty; restore into an empty one"
        )
    if (data / FILES).exists() and any((data / FILES).iterdir()):
        raise NotEmpty(zh=f"{data / FILES} 不是空的", en=f"{data / FILES} is not empty")


def _load(url: str, dump: Path) -> None:
    options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
    command = [str(bundled() / "bin" / "pg_restore"), *options, "--dbname", url, str(dump)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise RestoreFailed(zh=f"恢复失败：{done.stderr}", en=f"The restore failed: {done.stderr}")
