"""A process that is kept running: its log, its restarts, its end."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from shuniu.foundation.processes import die_with_parent

PAUSE_SECONDS_MIN = 0.2
PAUSE_SECONDS_MAX = 30.0
# who lasted this long before falling is restarted at once
HEALTHY_SECONDS = 30.0
LOG_BYTES_MAX = 50 * 2**20


class Child:
    """One process of the product. It leads a group of its own, so that what it started goes with it."""

    def __init__(self, name: str, command: Sequence[str], *, logs: Path, environ: Mapping[str, str]) -> None:
        self.name = name
        self.log = logs / f"{name}.log"
        self.restarts = 0
        self._command = list(command)
        self._environ = dict(environ)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._due = 0.0
        self._pause = PAUSE_SECONDS_MIN

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - the supervisor has one thread
            )
        self._started = time.monotonic()

    def look_after(self) -> int | None:
        """Restart it when it has fallen and its pause is over. Returns its exit code when it has just been found fallen."""
        moment = time.monotonic()
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                return None
            self._kill_group()
            self._process = None
            if moment - self._started > HEALTHY_SECONDS:
                self._pause = PAUSE_SECONDS_MIN
            self._due = moment + self._pause
            self._pause = min(self._pause * 2, PAUSE_SECONDS_MAX)
            return code
        if moment >= self._due:
            self.restarts += 1
            self.start()
        return None

    def ask_to_stop(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)

    def await_end(self, deadline: float) -> None:
        """Wait until it ended, or end it by force at ``deadline`` (of the monotonic clock)."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, deadline - time.monotonic()))
        self._kill_group()
        self._process.wait()
        self._process = None

    def last_words(self, size: int = 2000) -> str:
        with self.log.open("rb") as log:
            log.seek(max(0, os.fstat(log.fileno()).st_size - size))
            return log.read().decode(errors="replace").strip()

    def _kill_group(self) -> None:
        """A killed server leaves workers behind that would go on holding its port."""
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
