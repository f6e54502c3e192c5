"""Restore an archive into an empty place."""

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from itertools import islice
from pathlib import Path, PurePosixPath

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

# what newer programs write at the head of a dump, which servers before version 17 refuse
UNKNOWN_TO_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"
PREAMBLE_LINES = 40


class RestoreFailed(DatabaseError):
    """The database refused the dump; nothing was kept."""


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
        unpacked = Path(folder)
        try:
            _unpack(tar, unpacked)
        except tarfile.TarError as error:
            raise unreadable(str(error)) from error
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
    """Only what a backup consists of is taken: regular files of known names, inside the folder."""
    for member in tar:
        path = PurePosixPath(member.name)
        known = path.name == member.name and member.name in {MANIFEST, DATABASE, SECRETS, KIND}
        stored = path.parts[0] == FILES and ".." not in path.parts
        content = tar.extractfile(member) if member.isreg() and (known or stored) else None
        if content is None:
            raise unreadable(member.name)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            shutil.copyfileobj(content, file)


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
    """All in one transaction: a failure at any point keeps nothing."""
    programs = bundled() / "bin"
    read = [str(programs / "pg_restore"), "--no-owner", "--no-acl", "--file=-", str(dump)]
    write = [
        str(programs / "psql"),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        url,
    ]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(read, stdout=subprocess.PIPE, stderr=said) as reader,
        subprocess.Popen(write, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said) as writer,
    ):
        whole = _pump(reader, writer)
        if not whole:
            # before its input ends, or it would commit
            writer.kill()
        writer.communicate()
        if not whole or writer.returncode != 0:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
            raise RestoreFailed(zh=f"恢复失败：{words}", en=f"The restore failed: {words}")


def _pump(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]) -> bool:
    """Pass the SQL on; False when either side gave up. The programs are newer than the oldest server they serve."""
    if reader.stdout is None or writer.stdin is None:
        return False
    try:
        for line in islice(reader.stdout, PREAMBLE_LINES):
            if line != UNKNOWN_TO_OLDER_SERVERS:
                writer.stdin.write(line)
        shutil.copyfileobj(reader.stdout, writer.stdin, 2**20)
    except BrokenPipeError:
        return False
    return reader.wait() == 0
