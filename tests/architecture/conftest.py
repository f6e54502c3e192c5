"""The house as files: its domains, their order, their sources."""

import pytest
from tests.architecture.house import House


@pytest.fixture(scope="session")
def house() -> House:
    return House.read()
