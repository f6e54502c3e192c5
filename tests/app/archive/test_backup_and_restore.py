"""A backup, restored into an empty place, is the same data and the same files."""

import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from tests.app.product import command, data_folder, migrated_folder

from shuniu.app.installation import Installation

pytestmark = pytest.mark.product

FILL = """
CREATE TABLE kept (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE, amount numeric);
INSERT INTO kept (name, amount) SELECT '客户' || n, n / 3.0 FROM generate_series(1, 1000) AS n;
"""
RELATIONS = """
SELECT relname, relkind::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname
"""
ROWS = "SELECT count(*), md5(string_agg(one::text, ',' ORDER BY one::text)) FROM {} AS one"


@pytest.fixture(scope="module")
def here() -> Iterator[Path]:
    with migrated_folder() as folder:
        assert command("migrate", "--quiet", data=folder).returncode == 0
        with Installation(folder, embedded=True).server() as url, psycopg.connect(url) as connection:
            connection.execute(FILL)
        stored = folder / "files" / "ab" / "abcd"
        stored.parent.mkdir(parents=True)
        stored.write_bytes(bytes(range(256)) * 1000)
        yield folder


@pytest.fixture(scope="module")
def archive(here: Path) -> Path:
    target = here.parent / "backup.tar"
    done = command("backup", str(target), data=here)
    assert (done.returncode, done.stderr) == (0, "")
    return target


def likeness(data: Path) -> dict[str, Any]:
    """All that is in the database: every relation, and for tables their rows, counted and hashed."""
    with Installation(data, embedded=True).server() as url, psycopg.connect(url) as connection:
        relations = connection.execute(RELATIONS).fetchall()
        return {
            name: connection.execute(SQL(ROWS).format(Identifier(name))).fetchone() if kind == "r" else kind
            for name, kind in relations
        }


def test_an_empty_place_becomes_the_same(here: Path, archive: Path) -> None:
    with data_folder() as there:
        done = command("restore", str(archive), data=there)
        assert (done.returncode, done.stderr) == (0, "")
        assert likeness(there) == likeness(here)
        assert likeness(there)["kept"][0] == 1000
        assert (there / "files" / "ab" / "abcd").read_bytes() == (here / "files" / "ab" / "abcd").read_bytes()
        assert (there / "secrets.env").read_bytes() == (here / "secrets.env").read_bytes()


def test_the_archive_is_readable_by_its_owner_only(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_place_with_data_is_not_overwritten(here: Path, archive: Path) -> None:
    before = likeness(here)
    refused = command("restore", str(archive), data=here)
    assert refused.returncode == 2
    assert "The database is not empty" in refused.stderr
    assert likeness(here) == before


def test_other_keys_in_the_environment_are_refused(archive: Path) -> None:
    with data_folder() as there, Installation(there, embedded=True).server() as url:
        refused = command(
            "restore",
            str(archive),
            data=there,
            DATABASE_URL=url,
            SHUNIU_FIELD_KEYS="other",
            SHUNIU_HASH_KEY="other",
        )
    assert refused.returncode == 2
    assert "encrypted data would be unreadable" in refused.stderr


@pytest.mark.parametrize("content", [b"", b"not an archive"])
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    file.write_bytes(content)
    with data_folder() as there:
        refused = command("restore", str(file), data=there)
    assert refused.returncode == 2
    assert "cannot be read" in refused.stderr


def test_an_archive_that_names_files_outside_is_refused(archive: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(archive) as good, tarfile.open(evil, "w") as bad:
        for member in good:
            content = good.extractfile(member)
            member.name = member.name.replace("files/", "files/../../../")
            bad.addfile(member, content)
    with data_folder() as there:
        refused = command("restore", str(evil), data=there)
    assert refused.returncode == 2
    assert "cannot be read" in refused.stderr
