"""The storage port: bytes by content hash, in a folder of the data directory."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def folder() -> Path:
    """Where the contents lie."""
    return Path(settings.SHUNIU.data) / "files"


def path_of(sha256: str) -> Path:
    """The file of one content; two levels of folders keep each of them small."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Store a content once; its hash and size. Written aside, synced, then renamed: never half a file."""
    folder().mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, aside = tempfile.mkstemp(dir=folder(), prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(aside).replace(target)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def open_content(sha256: str) -> BinaryIO:
    """The content for reading."""
    return path_of(sha256).open("rb")
