import pytest
from django.conf import settings as django_settings
from django.test import Client


@pytest.fixture
def client(settings: object) -> Client:
    """A client of the probe API that shows failures as answers."""
    assert settings is not django_settings
    settings.ROOT_URLCONF = "tests.foundation.http.probe"  # type: ignore[attr-defined]
    return Client(raise_request_exception=False)
