"""Write an archive while the product runs: the database as of one moment, then the files it may name."""

import importlib.metadata
import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from shuniu.app.archive.manifest import (
    DATABASE,
    FILES,
    FORMAT,
    KIND,
    MANIFEST,
    SECRETS,
    Manifest,
    fingerprint,
)
from shuniu.foundation.database.binaries import bundled
from shuniu.foundation.database.errors import DatabaseError


class DumpFailed(DatabaseError):
    """pg_dump ended with an error."""


def write(*, target: Path, data: Path, environ: Mapping[str, str], now: datetime) -> Manifest:
    """Write the archive to ``target``, readable by its owner only; a failure leaves no half-written file.

    Stored files are never changed, only added, and the database is read first: every file it names is there.
    """
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".shuniu-backup-") as folder:
            dump = Path(folder) / DATABASE
            _dump(environ["DATABASE_URL"], dump)
            files = sorted(path for path in (data / FILES).rglob("*") if path.is_file())
            manifest = Manifest(
                format=FORMAT,
                version=importlib.metadata.version("shuniu"),
                made_at=now.isoformat(),
                keys=fingerprint(environ),
                files=len(files),
            )
            _pack(unfinished, manifest, dump, data, files)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _dump(url: str, to: Path) -> None:
    command = [
        str(bundled() / "bin" / "pg_dump"),
        "--format=custom",
        "--no-owner",
        "--no-acl",
        "--file",
        str(to),
        "--dbname",
        url,
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise DumpFailed(
            zh=f"备份数据库失败：{done.stderr}", en=f"The database could not be dumped: {done.stderr}"
        )


def _pack(path: Path, manifest: Manifest, dump: Path, data: Path, files: list[Path]) -> None:
    with (
        os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,
        tarfile.open(fileobj=raw, mode="w") as tar,
    ):
        text = manifest.to_json()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
        tar.add(dump, DATABASE)
        for name in (SECRETS, KIND):
            if (data / name).exists():
                tar.add(data / name, name)
        for file in files:
            tar.add(file, str(file.relative_to(data)))
        raw.flush()
        os.fsync(raw.fileno())
