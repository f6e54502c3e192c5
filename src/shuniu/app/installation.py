"""One installation: its data folder, its secrets, its database.

Embedded (no ``DATABASE_URL``): the database and the secrets live in the data folder, made at the first start.
Otherwise everything is said by the environment, and nothing is made up.
"""

import base64
import os
import secrets
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shuniu.app.supervision.hold import Hold
from shuniu.app.supervision.kind import DEMO, KIND
from shuniu.foundation.database.address import require_suitable
from shuniu.foundation.database.embedded import EmbeddedPostgres

SECRETS = "secrets.env"
SECRET_NAMES = ("SHUNIU_SECRET_KEY", "SHUNIU_FIELD_KEYS", "SHUNIU_HASH_KEY")


@dataclass(frozen=True)
class Installation:
    """Where it lives, and whether it brings its own database."""

    data: Path
    embedded: bool

    @classmethod
    def of(cls, environ: MutableMapping[str, str]) -> "Installation":
        return cls(
            data=Path(environ.get("SHUNIU_DATA", "data")).absolute(), embedded="DATABASE_URL" not in environ
        )

    def settle(self) -> None:
        """Make the data folder when it is not there."""
        if not self.data.exists():
            self.data.mkdir(parents=True)
            # the server's account passes through to its own folder and sees nothing else
            self.data.chmod(0o711)
        (self.data / "logs").mkdir(exist_ok=True)

    def furnish(self, environ: MutableMapping[str, str]) -> None:
        """Set the variables an embedded installation keeps itself, and where it runs if it does; given ones stay."""
        environ["SHUNIU_DATA"] = str(self.data)
        self.settle()
        if not self.embedded:
            return
        for name, value in self.secrets().items():
            environ.setdefault(name, value)
        environ["DATABASE_URL"] = self.server().url
        if (self.data / KIND).exists() and (self.data / KIND).read_text(encoding="utf-8").strip() == DEMO:
            environ.setdefault("SHUNIU_DEMO", "1")
        running = Hold(self.data).holder()
        if running is not None:
            environ.setdefault("SHUNIU_PUBLIC_URL", running.web)
            environ.setdefault("SHUNIU_SANDBOX_URL", running.sandbox or "")

    def pretend(self, environ: MutableMapping[str, str]) -> None:
        """Set variables good enough to describe the product; touches no disk and no database."""
        for name, value in {**_made_up(), "DATABASE_URL": "postgresql://nobody@/nothing"}.items():
            environ.setdefault(name, value)

    def server(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(self.data, say=print)

    @contextmanager
    def database(self, environ: MutableMapping[str, str]) -> Iterator[None]:
        """The database answers inside: started, joined when the product runs, or found at ``DATABASE_URL``."""
        if not self.embedded:
            require_suitable(environ["DATABASE_URL"])
            yield
            return
        with self.server():
            yield

    def secrets(self) -> dict[str, str]:
        """The secrets kept in the data folder, readable by their owner only; made when there are none."""
        path = self.data / SECRETS
        if not path.exists():
            self.keep_secrets(_made_up())
        lines = path.read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

    def keep_secrets(self, values: dict[str, str]) -> None:
        """Write the secrets so that a crash leaves the old file or the new one."""
        unfinished = self.data / f"{SECRETS}.unfinished"
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(
                "# 丢失后已加密的资料无法读取，请与备份一并保管 / without these, encrypted data cannot be read\n"
            )
            file.writelines(f"{name}={value}\n" for name, value in values.items())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.data / SECRETS)


def _made_up() -> dict[str, str]:
    return {
        "SHUNIU_SECRET_KEY": secrets.token_urlsafe(48),
        "SHUNIU_FIELD_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "SHUNIU_HASH_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
