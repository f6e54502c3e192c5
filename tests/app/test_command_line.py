"""The command line explains itself and the configuration, in both languages, and says by its exit code how it went."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.product import command, data_folder

pytestmark = pytest.mark.product

VERBS = (
    "backup",
    "check",
    "createadmin",
    "demo",
    "live",
    "migrate",
    "openapi",
    "restore",
    "run",
    "web",
    "worker",
)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


def test_every_verb_is_listed_with_what_it_does(data: Path) -> None:
    asked = command("help", data=data)
    assert asked.returncode == 0
    listed = {line.split()[0]: line for line in asked.stdout.splitlines() if line.startswith("  ")}
    assert set(VERBS) <= set(listed)
    assert all("/" in line for line in listed.values())


def test_an_unknown_verb_is_refused_with_the_list(data: Path) -> None:
    refused = command("dance", data=data)
    assert refused.returncode == 2
    assert "createadmin" in refused.stderr


def test_every_missing_variable_is_named(data: Path) -> None:
    checked = command("check", data=data, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert checked.returncode == 1
    for name in ("SHUNIU_SECRET_KEY", "SHUNIU_FIELD_KEYS", "SHUNIU_HASH_KEY"):
        assert f"✗ {name}" in checked.stdout


def test_a_public_demo_over_plain_http_is_a_problem(data: Path) -> None:
    checked = command("check", data=data, SHUNIU_DEMO="1", SHUNIU_PUBLIC_URL="http://crm.example.com")
    assert checked.returncode == 1
    assert "✗ 公开地址不是 https" in checked.stdout
    assert "✗ 演示模式的账号是公开的" in checked.stdout
    assert "✗ 数据库结构需要更新" in checked.stdout


def test_a_malformed_database_address_is_explained(data: Path) -> None:
    refused = command("migrate", data=data, DATABASE_URL="postgresql://host/name?nonsense=1", **KEYS)
    assert refused.returncode == 2
    assert "DATABASE_URL must look like" in refused.stderr


KEYS = {
    "SHUNIU_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
    "SHUNIU_FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "SHUNIU_HASH_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
}
