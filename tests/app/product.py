"""The whole product as processes, in a folder of its own, for tests that kill parts of it."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests import migrated

DEADLINE_SECONDS = 90.0
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SHUNIU_")


def surroundings() -> dict[str, str]:
    """The environment without what the test process set for itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def until(holds: Callable[[], Any], what: str) -> Any:
    """Wait until ``holds`` returns something true, and return it; fail at the deadline."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {DEADLINE_SECONDS:.0f} s: {what}")


def command(*words: str, data: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run one verb to its end."""
    return subprocess.run(
        [sys.executable, "-m", "shuniu.app.cli", *words],
        env=surroundings() | {"SHUNIU_DATA": str(data), **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE_SECONDS,
    )


@contextmanager
def migrated_folder() -> Iterator[Path]:
    """A data folder with a database that has all tables and no rows: a first start is quicker."""
    with data_folder() as data:
        migrated.copy_to(data / "postgres" / "cluster")
        yield data


@contextmanager
def data_folder() -> Iterator[Path]:
    """An empty data folder that the database's account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="shuniu-product-"))
    folder.chmod(0o711)
    (folder / "data").mkdir(mode=0o711)
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder)


class Product:
    """`shuniu run` in a data folder."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        self.said = ""

    def start(self) -> None:
        """Start and wait for the greeting."""
        port = _some_free_port()
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "shuniu.app.cli",
                "run",
                f"--data={self.data}",
                f"--port={port}",
                *self._options,
            ],
            env=surroundings() | {"SHUNIU_WEB_WORKERS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                return
        raise AssertionError(self.said)

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self.said += self._process.communicate(timeout=DEADLINE_SECONDS)[0]
        return self._process.returncode

    def kill(self, name: str) -> None:
        """Kill one process, as the machine's memory killer would, and wait until it is gone."""
        os.kill(self.pid(name), signal.SIGKILL)

    def kill_supervisor(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def pid(self, name: str) -> int:
        """The process the supervisor started under this name: postgres, web, live, worker, sandbox."""
        found: int = until(lambda: self.children().get(name), f"{name} runs")
        return found

    def children(self) -> dict[str, int]:
        assert self._process is not None
        return {_name(pid): pid for pid in _children_of(self._process.pid)}

    @property
    def address(self) -> str:
        """Where the product said it runs."""
        noted: str = json.loads((self.data / "running.json").read_text(encoding="utf-8"))["web"]
        return noted

    def get(self, path: str) -> int:
        """The status of a GET; 0 when nobody answers."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def _some_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _children_of(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    return [int(pid) for pid in listed.split()]


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
    except FileNotFoundError:
        return ""
    if words[0].endswith("/postgres"):
        return "postgres"
    return "sandbox" if "shuniu_sandbox" in words else words[-1]
