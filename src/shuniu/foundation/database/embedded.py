"""The embedded PostgreSQL: its own cluster, a socket in a closed folder, no TCP.

    with EmbeddedPostgres(Path("data")) as url:
        ...

Who can enter the socket's folder is let in without a password: that is the server's own account and root.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg

from shuniu.foundation.database import postmaster
from shuniu.foundation.database.account import server_account
from shuniu.foundation.database.errors import ServerFailed
from shuniu.foundation.database.place import Place, choose
from shuniu.foundation.database.tuning import settings
from shuniu.foundation.processes import die_with_parent

NAME = "shuniu"
LOG_BYTES_MAX = 20 * 2**20
STOP_SECONDS = 60.0
SAY_EVERY_SECONDS = 5.0


def _quiet(_line: str) -> None:
    """Says nothing."""


class EmbeddedPostgres:
    """One cluster below ``data``. ``start`` joins a server that already runs there and then leaves it running."""

    def __init__(self, data: Path, *, durable: bool = True, say: Callable[[str], None] = _quiet) -> None:
        self._account = server_account()
        self._durable = durable
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self.place: Place = choose(data.absolute(), self._account, say)

    @property
    def url(self) -> str:
        """The URL of the product's database, as ``DATABASE_URL`` takes it."""
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        return f"postgresql://{NAME}@/{database}?host={quote(str(self.place.socket), safe='')}"

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The server when this object started it; None when it joined a running one."""
        return self._process

    def start(self) -> str:
        """Start or join the server, wait without limit until it answers, return the URL of the database."""
        self._create_cluster()
        if postmaster.running(self.place) is None:
            self._launch()
        self._await_answers()
        return self.url

    def stop(self) -> None:
        """Stop what this object started: fast (sessions are ended, nothing committed is lost)."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait()

    def take_over(self) -> None:
        """Stop a server that was left running here by a supervisor that was killed."""
        pid = postmaster.running(self.place)
        if pid is not None and self._process is None:
            postmaster.stop(pid, self.place)

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()

    def _create_cluster(self) -> None:
        if (self.place.cluster / "PG_VERSION").exists():
            return
        self._say("正在创建数据库… / Creating the database…")
        unfinished = self.place.cluster.with_name("cluster.unfinished")
        command = [
            str(self.place.programs / "bin" / "initdb"),
            f"--pgdata={unfinished}",
            f"--username={NAME}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-instructions",
            *([] if self._durable else ["--no-sync"]),
        ]
        subprocess.run(["rm", "-rf", str(unfinished)], check=True, cwd="/")
        made = subprocess.run(  # type: ignore[call-overload]
            command, cwd="/", check=False, capture_output=True, text=True, **self._account.process_options()
        )
        if made.returncode != 0:
            raise ServerFailed(
                zh=f"无法创建数据库：{made.stderr.strip()}",
                en=f"The database could not be created: {made.stderr.strip()}",
            )
        unfinished.rename(self.place.cluster)

    def _launch(self) -> None:
        postmaster.forget_stale(self.place)
        options = settings(durable=self._durable) | {"unix_socket_directories": str(self.place.socket)}
        command = [str(self.place.programs / "bin" / "postgres"), "-D", str(self.place.cluster)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        if self.place.log.exists() and self.place.log.stat().st_size > LOG_BYTES_MAX:
            self.place.log.replace(self.place.log.with_suffix(".log.1"))
        with self.place.log.open("ab") as log:
            self._process = subprocess.Popen(  # type: ignore[call-overload]
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C in the terminal must reach the supervisor only, which stops the database last.
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - allocates nothing, takes no lock
                **self._account.process_options(),
            )

    def _await_answers(self) -> None:
        """No limit: after a crash, replaying the log takes as long as it takes."""
        since = said = time.monotonic()
        pause = 0.02
        while not self._answers():
            if self._process is not None and self._process.poll() is not None:
                self._relaunch_or_fail()
            if time.monotonic() - said > SAY_EVERY_SECONDS:
                said = time.monotonic()
                waited = round(said - since)
                self._say(f"数据库正在启动，已 {waited} 秒… / The database is starting, {waited} s so far…")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.5)

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url_of("postgres"), autocommit=True, connect_timeout=10) as connection:
                if (
                    connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
                    is None
                ):
                    connection.execute(f"CREATE DATABASE {NAME}".encode())
        except psycopg.OperationalError:
            return False
        return True

    def _relaunch_or_fail(self) -> None:
        """Sessions of a killed server may live some moments longer and hold its memory; the new one must wait."""
        end = self._log_end()
        if "pre-existing shared memory block" not in end and "lock file" not in end:
            self._process = None
            raise ServerFailed(zh=f"数据库无法启动：\n{end}", en=f"The database did not start:\n{end}")
        time.sleep(0.3)
        self._launch()

    def _log_end(self) -> str:
        with self.place.log.open("rb") as log:
            log.seek(max(0, os.fstat(log.fileno()).st_size - 2000))
            return log.read().decode(errors="replace")
