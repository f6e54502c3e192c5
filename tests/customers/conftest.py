"""A headquarters with two stores, each with one agent."""

import importlib
from typing import Any

import pytest


@pytest.fixture
def enterprise(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    # loaded late: this file is read before Django is set up
    return importlib.import_module("tests.factories.channels").enterprise(monkeypatch)
