"""What can be asked of the database."""

import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg

from shuniu.app.diagnosis.findings import Finding, good, problem, warning
from shuniu.app.supervision.plan import verb

SKEW_MAX = timedelta(seconds=5)
CALENDAR_AHEAD = timedelta(days=60)
CONNECTIONS_MIN = 100


def database(url: str, now: datetime) -> Iterator[Finding]:
    """Version, encoding, clock, tables, calendar."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        yield from _server(connection, now)
        waiting = subprocess.run(verb("migrate", "--waiting"), check=False, capture_output=True, text=True)
        if waiting.returncode != 0:
            said = (waiting.stdout or waiting.stderr).strip().splitlines()[-1:]
            yield problem(
                f"数据库结构需要更新：shuniu migrate（{' '.join(said)}）",
                "Tables are not up to date: shuniu migrate",
            )
            return
        yield good("数据库结构是最新的", "The tables are up to date")
        yield from _calendars(connection, now)


def _server(connection: psycopg.Connection, now: datetime) -> Iterator[Finding]:
    row = connection.execute(
        "SELECT clock_timestamp(), pg_encoding_to_char(encoding), current_setting('max_connections')::int"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if row is None:
        return
    there, encoding, connections = row
    version = connection.info.parameter_status("server_version")
    yield good(f"数据库可用：PostgreSQL {version}", f"The database answers: PostgreSQL {version}")
    if encoding != "UTF8":
        yield problem(
            f"数据库编码是 {encoding}，需要 UTF8", f"The database is encoded in {encoding}; it must be UTF8"
        )
    if abs(there - now) > SKEW_MAX:
        yield problem(f"数据库时钟相差 {there - now}", f"The database's clock differs by {there - now}")
    if connections < CONNECTIONS_MIN:
        yield warning(f"max_connections 只有 {connections}", f"max_connections is only {connections}")


def _calendars(connection: psycopg.Connection, now: datetime) -> Iterator[Finding]:
    rows = connection.execute(
        "SELECT name, known_until FROM org_calendar WHERE archived_at IS NULL AND follows_holidays ORDER BY key"
    ).fetchall()
    for name, known_until in rows:
        if known_until is None or known_until < (now + CALENDAR_AHEAD).date():
            yield warning(
                f"工作日历“{name}”的节假日只到 {known_until or '未知'}，之后按平日推算",
                f"Holidays of the calendar “{name}” are known until {known_until}; later days count as weekdays",
            )
