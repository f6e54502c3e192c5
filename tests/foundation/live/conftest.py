"""A running live server."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def server(transactional_db: None) -> Iterator[Any]:
    # loaded late: this file is read before Django is set up
    running = importlib.import_module("tests.factories.live").Server()
    running.start()
    yield running
    running.stop()
