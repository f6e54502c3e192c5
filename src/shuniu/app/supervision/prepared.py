"""Whether a start has anything to prepare: the note of the last start that did."""

import hashlib
from pathlib import Path

from shuniu.app.supervision.plan import Plan
from shuniu.foundation.database.place import Place

PACKAGE = Path(__file__).resolve().parents[2]


class Prepared:
    """The note in the data folder. It is good for these sources, this cluster and these addresses only."""

    def __init__(self, data: Path, plan: Plan, place: Place) -> None:
        self._note = data / "prepared"
        self._plan = plan
        self._place = place

    def holds(self) -> bool:
        """True when a start with nothing changed since has already prepared everything."""
        return self._note.is_file() and self._note.read_text(encoding="utf-8") == self._fingerprint()

    def note(self) -> None:
        self._note.write_text(self._fingerprint(), encoding="utf-8")

    def _fingerprint(self) -> str:
        cluster = (self._place.cluster / "PG_VERSION").stat()
        digest = hashlib.sha256(repr((cluster.st_ino, cluster.st_mtime_ns)).encode())
        digest.update(repr((sorted(self._plan.environ.items()), self._plan.preparations)).encode())
        for path in sorted(path for pattern in ("*.py", "*.sql") for path in PACKAGE.rglob(pattern)):
            seen = path.stat()
            digest.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
        return digest.hexdigest()
