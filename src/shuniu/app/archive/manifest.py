"""What an archive says about itself, and the errors of reading one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from shuniu.foundation.database.errors import DatabaseError

FORMAT = 1
DATABASE = "database.dump"
FILES = "files"
MANIFEST = "manifest.json"
SECRETS = "secrets.env"
KIND = "kind"


class ArchiveUnreadable(DatabaseError):
    """The file is no archive of ours, or of a later version."""


class NotEmpty(DatabaseError):
    """A restore would overwrite data."""


@dataclass(frozen=True)
class Manifest:
    """``keys`` is a fingerprint of the keys that fields are encrypted with, so that a restore can tell they fit."""

    format: int
    version: str
    made_at: str
    keys: str
    files: int

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=2).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises ArchiveUnreadable."""
        try:
            manifest = cls(**json.loads(text))
        except (ValueError, TypeError) as error:
            raise unreadable(str(error)) from error
        if manifest.format != FORMAT:
            raise unreadable(f"format {manifest.format}")
        return manifest


def fingerprint(environ: Mapping[str, str]) -> str:
    """Tells two sets of keys apart without telling the keys."""
    keys = "\n".join(environ.get(name, "") for name in ("SHUNIU_FIELD_KEYS", "SHUNIU_HASH_KEY"))
    return hashlib.sha256(f"shuniu archive\n{keys}".encode()).hexdigest()[:16]


def unreadable(why: str) -> ArchiveUnreadable:
    """The error for a file that is damaged, foreign or of a later version."""
    return ArchiveUnreadable(zh=f"备份无法读取（{why}）", en=f"The backup cannot be read ({why})")
