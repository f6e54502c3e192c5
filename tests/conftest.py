"""The surroundings of every test: a PostgreSQL of its own, no network, bounded time.

One embedded server per test process, in a temporary folder, without fsync. With ``DATABASE_URL`` set that server is
used instead; each process then makes a test database under a name of its own.
"""

import base64
import os
import shutil
import tempfile
from pathlib import Path

import django
import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests import migrated
from tests.sealing import seal_network

from shuniu.foundation.database.embedded import EmbeddedPostgres

SERVER = pytest.StashKey[EmbeddedPostgres]()
FOLDER = pytest.StashKey[Path]()

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000)


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
    if _only_hands_out_work(config):
        return
    folder = Path(tempfile.mkdtemp(prefix="shuniu-test-"))
    # The server's account must get through; the folder below is closed again.
    folder.chmod(0o711)
    config.stash[FOLDER] = folder
    os.environ["SHUNIU_DATA"] = str(folder / "data")
    os.environ["SHUNIU_SECRET_KEY"] = "for-tests-only-" + "0123456789abcdef" * 4
    os.environ["SHUNIU_FIELD_KEYS"] = os.environ["SHUNIU_HASH_KEY"] = base64.b64encode(
        b"0123456789abcdef" * 2
    ).decode()
    if "DATABASE_URL" not in os.environ:
        server = EmbeddedPostgres(folder / "database", durable=False)
        config.stash[SERVER] = server
        os.environ["DATABASE_URL"] = server.url
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuniu.app.settings"
    django.setup()
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_shuniu_{os.getpid()}"
    seal_network()


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.stop()
    folder = config.stash.get(FOLDER, None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Start the server when the first test asks for a database; the engines' tests never do."""
    server = request.config.stash.get(SERVER, None)
    if server is not None:
        with django_db_blocker.unblock():
            migrated.start(server)
        connection.settings_dict["TEST"] |= {"TEMPLATE": connection.settings_dict["NAME"], "MIGRATE": False}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Tests that commit empty all tables afterwards, those with triggers against it too (needs a superuser)."""
    operations = type(connection.ops)
    plain = operations.sql_flush
    # Django empties only what it manages; these would be found by the next test of the process
    unmanaged = ", ".join(model._meta.db_table for model in apps.get_models() if not model._meta.managed)

    def without_triggers(self: object, *args: object, **kwargs: object) -> list[str]:
        statements = plain(self, *args, **kwargs)
        return [
            "SET session_replication_role = replica",
            *statements,
            f"TRUNCATE {unmanaged} CASCADE",
            "SET session_replication_role = DEFAULT",
        ]

    operations.sql_flush = without_triggers


def _only_hands_out_work(config: pytest.Config) -> bool:
    """The process that distributes tests to xdist's workers runs none itself."""
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")
