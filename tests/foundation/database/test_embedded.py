"""The embedded server starts, survives, and stays out of everybody's way."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shuniu.foundation.database import place
from shuniu.foundation.database.embedded import EmbeddedPostgres


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="shuniu-pg-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def kept(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def keep(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def test_the_database_sorts_by_code_point_and_has_no_compiler_running(data: Path) -> None:
    with EmbeddedPostgres(data) as url, psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT datlocprovider::text, datlocale, pg_encoding_to_char(encoding), current_setting('jit'),"
            " current_setting('listen_addresses') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("b", "C.UTF-8", "UTF8", "off", "")


def test_what_was_committed_survives_a_stop_and_a_kill(data: Path) -> None:
    server = EmbeddedPostgres(data)
    url = server.start()
    keep(url, 1)
    server.stop()
    server.start()
    keep(url, 2)
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    server.start()
    assert kept(url) == [1, 2]
    server.stop()


def test_a_second_start_joins_the_running_server_and_leaves_it_running(data: Path) -> None:
    with EmbeddedPostgres(data, durable=False) as url:
        keep(url, 1)
        with EmbeddedPostgres(data, durable=False) as joined:
            assert joined == url
        assert kept(url) == [1]


def test_a_left_over_pid_of_some_other_process_does_not_prevent_a_start(data: Path) -> None:
    server = EmbeddedPostgres(data, durable=False)
    server.start()
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    note = server.place.cluster / "postmaster.pid"
    note.write_text(note.read_text().replace(str(server.process.pid), str(os.getppid()), 1))
    again = EmbeddedPostgres(data, durable=False)
    keep(again.start(), 1)
    again.stop()


def test_only_the_servers_account_and_root_can_enter_its_folders(data: Path) -> None:
    with EmbeddedPostgres(data, durable=False):
        base = data / "postgres"
        modes = {path.name: path.stat().st_mode & 0o777 for path in (base, base / "cluster", base / "socket")}
    assert modes == {"postgres": 0o700, "cluster": 0o700, "socket": 0o700}
    assert data.stat().st_mode & 0o777 == 0o711


def test_a_deep_folder_gets_a_socket_with_a_short_name(data: Path) -> None:
    deep = data / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    server = EmbeddedPostgres(deep, durable=False)
    with server as url:
        keep(url, 1)
        assert kept(url) == [1]
    assert len(f"{server.place.socket}{place.SOCKET_NAME}") <= place.SOCKET_BYTES_MAX
    shutil.rmtree(server.place.socket)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server under another account")
def test_a_data_folder_its_account_cannot_enter_is_left_closed_and_the_database_goes_elsewhere(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, shelter = data / "closed", data / "shelter"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(place, "SHELTER", shelter)
    said: list[str] = []
    with EmbeddedPostgres(closed, durable=False, say=said.append) as url:
        keep(url, 1)
    assert closed.stat().st_mode & 0o777 == 0o700
    elsewhere = Path((closed / place.NOTE).read_text().strip())
    assert elsewhere.parent == shelter
    assert any(str(elsewhere) in line for line in said)
