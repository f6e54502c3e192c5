"""Whatever falls is started again, and the person at the terminal is told where things are."""

from pathlib import Path

import pytest
from tests.app.product import Product, command, until

pytestmark = pytest.mark.product


def test_the_address_and_the_folder_are_printed(product: Product, data: Path) -> None:
    assert product.address in product.said
    assert str(data) in product.said
    assert product.get("/healthz") == 200


def test_a_second_run_says_that_it_runs_and_where(product: Product, data: Path) -> None:
    second = command("run", data=data)
    assert second.returncode == 0
    assert f"已在运行 / It is already running: {product.address}/" in second.stdout
    assert product.get("/healthz") == 200


@pytest.mark.parametrize("name", ["web", "postgres"])
def test_what_is_killed_comes_back(product: Product, name: str) -> None:
    before = product.pid(name)
    product.kill(name)
    until(lambda: product.children().get(name, before) != before, f"{name} is a new process")
    until(lambda: product.get("/readyz") == 200, "the product is ready again")


def test_verbs_use_the_running_database_and_leave_it_running(product: Product, data: Path) -> None:
    before = product.pid("postgres")
    done = command("migrate", "--waiting", data=data)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert product.pid("postgres") == before
