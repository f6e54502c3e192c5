"""The organisation of the story."""

import importlib
from typing import Any

import pytest


@pytest.fixture
def house(db: None) -> Any:
    # loaded late: this file is read before Django is set up
    return importlib.import_module("tests.factories.org").house()
