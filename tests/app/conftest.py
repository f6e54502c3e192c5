"""One running product for the tests of a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.product import Product, migrated_folder


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with migrated_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def product(data: Path) -> Iterator[Product]:
    running = Product(data)
    running.start()
    yield running
    running.stop()
