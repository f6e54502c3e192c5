"""The life of ``shuniu run``: prepare, start, watch, stop."""

import http.client
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from shuniu.app.supervision.child import Child
from shuniu.app.supervision.plan import Plan
from shuniu.app.supervision.prepared import Prepared
from shuniu.foundation.database.embedded import EmbeddedPostgres

LOOK_EVERY_SECONDS = 0.25
STOP_SECONDS = 15.0
FALLS_AT_START_MAX = 3

log = structlog.get_logger("supervisor")


class StartFailed(Exception):
    """A process fell again and again, or preparing failed; the message says which and what it said last."""

    def __init__(self, what: str, words: str) -> None:
        super().__init__(f"{what} 无法启动 / does not start:\n{words}")


class Supervisor:
    """Runs the processes of a plan, the database first and last."""

    def __init__(self, plan: Plan, server: EmbeddedPostgres | None, data: Path) -> None:
        self._plan = plan
        # with a server of one's own, others may have changed it since
        self._prepared = Prepared(data, plan, server.place) if server is not None else None
        self._server = server
        self._environ = dict(os.environ) | dict(plan.environ)
        self._children: Sequence[Child] = [
            Child(name, command, logs=plan.logs, environ=self._environ)
            for name, command in plan.commands.items()
        ]

    def start(self) -> None:
        """Start everything and return when the product answers. Raises StartFailed."""
        if self._server is not None:
            self._server.take_over()
            self._server.start()
        if self._prepared is None or not self._prepared.holds():
            for command in self._plan.preparations:
                self._prepare(command)
            if self._prepared is not None:
                self._prepared.note()
        for child in self._children:
            child.start()
        for url in self._plan.answers:
            self._await_answer(url)

    def watch(self) -> None:
        """Restart what falls, until interrupted."""
        while True:
            self._look()
            time.sleep(LOOK_EVERY_SECONDS)

    def stop(self) -> None:
        """Stop the processes, then the database."""
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self._children:
            child.await_end(deadline)
        if self._server is not None:
            self._server.stop()

    def _look(self) -> None:
        if self._server is not None and self._server.process is not None:
            code = self._server.process.poll()
            if code is not None:
                log.warning("restarting", process="postgres", exit_code=code)
                self._server.start()
        for child in self._children:
            code = child.look_after()
            if code is not None:
                log.warning("restarting", process=child.name, exit_code=code)

    def _prepare(self, command: Sequence[str]) -> None:
        """Run a command to its end; what it prints is for the person at the terminal."""
        done = subprocess.run(command, env=self._environ, check=False, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise StartFailed(" ".join(command[3:]), done.stderr.strip()[-3000:])

    def _await_answer(self, url: str) -> None:
        while not answers(url):
            self._look()
            fallen = next((child for child in self._children if child.restarts >= FALLS_AT_START_MAX), None)
            if fallen is not None:
                raise StartFailed(fallen.name, fallen.last_words())
            time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether a GET of the URL is answered with success."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < http.HTTPStatus.BAD_REQUEST
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
