"""One supervisor to a data folder: who holds the lock runs it, the note beside it says where."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True)
class Addresses:
    """Where a running product is reached."""

    pid: int
    web: str
    live: str
    sandbox: str | None


class Hold:
    """The lock on a data folder. The system lets go of it when the process ends, however it ends."""

    def __init__(self, data: Path) -> None:
        self._lock = data / "shuniu.lock"
        self._note = data / "running.json"
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """True when this process now holds the folder, False when another one does."""
        file = self._lock.open("a", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def announce(self, addresses: Addresses) -> None:
        unfinished = self._note.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(asdict(addresses)), encoding="utf-8")
        unfinished.replace(self._note)

    def holder(self) -> Addresses | None:
        """Where the other one runs; None while it is still starting."""
        try:
            noted = Addresses(**json.loads(self._note.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return noted if _alive(noted.pid) else None

    def release(self) -> None:
        self._note.unlink(missing_ok=True)
        if self._file is not None:
            self._file.close()
            self._file = None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
