"""From the first start to the last: nothing is left running, data survive, kinds are not mixed."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.app.product import Product, command, migrated_folder, until

from shuniu.app.installation import Installation

pytestmark = pytest.mark.product


@pytest.fixture
def data() -> Iterator[Path]:
    with migrated_folder() as folder:
        yield folder


def url(data: Path) -> str:
    return Installation(data, embedded=True).server().url


def test_data_survive_a_stop_and_a_killed_supervisor(data: Path) -> None:
    product = Product(data)
    product.start()
    with psycopg.connect(url(data)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    children = product.children()
    product.kill_supervisor()
    until(
        lambda: not any(Path(f"/proc/{pid}").exists() for pid in children.values()), "the children ended too"
    )
    product.start()
    with psycopg.connect(url(data)) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]
    children = product.children()
    assert product.stop() == 0
    assert [name for name, pid in children.items() if Path(f"/proc/{pid}").exists()] == []


def test_the_secrets_are_made_once_and_readable_by_their_owner_only(data: Path) -> None:
    installation = Installation(data, embedded=True)
    installation.settle()
    first = installation.secrets()
    assert sorted(first) == ["SHUNIU_FIELD_KEYS", "SHUNIU_HASH_KEY", "SHUNIU_SECRET_KEY"]
    assert installation.secrets() == first
    assert (data / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_a_folder_for_real_work_is_not_opened_as_a_demo(data: Path) -> None:
    (data / "kind").write_text("production", encoding="utf-8")
    refused = command("run", "--demo", data=data)
    assert refused.returncode == 2
    assert "holds real data and is not started with --demo" in refused.stderr


def test_weak_secrets_are_refused_before_anything_starts(data: Path) -> None:
    refused = command("run", data=data, SHUNIU_SECRET_KEY="changeme")
    assert refused.returncode == 2
    assert "SHUNIU_SECRET_KEY" in refused.stderr
    assert "too weak" in refused.stderr


def test_with_a_server_of_ones_own_nothing_is_made_up(data: Path) -> None:
    refused = command("run", data=data, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert refused.returncode == 2
    for name in ("SHUNIU_SECRET_KEY", "SHUNIU_FIELD_KEYS", "SHUNIU_HASH_KEY"):
        assert name in refused.stderr
    assert not (data / "secrets.env").exists()
