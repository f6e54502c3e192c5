"""``DATABASE_URL``, and whether the server behind it serves."""

from urllib.parse import parse_qs, unquote, urlsplit

import psycopg

from shuniu.foundation.database.errors import ServerUnsuitable

VERSION_MIN = 15
OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name"})


def django_database(url: str) -> dict[str, object]:
    """The entry of Django's ``DATABASES`` for a URL such as ``postgresql://user:password@host:5432/name?sslmode=…``.

    ``host`` may also stand in the query, as a folder that holds a socket. Raises ServerUnsuitable on any other scheme.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ServerUnsuitable(
            zh="DATABASE_URL 应形如 postgresql://用户:密码@主机:5432/库名",
            en="DATABASE_URL must look like postgresql://user:password@host:5432/name",
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.get("host", ""),
        "PORT": str(parts.port or query.get("port", "")),
        "OPTIONS": {key: value for key, value in query.items() if key in OPTIONS},
    }


def require_suitable(url: str) -> None:
    """Connect once; raises ServerUnsuitable when that fails or the server is older than version 15."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise ServerUnsuitable(zh=f"无法连接数据库：{error}", en=f"The database cannot be reached: {error}") from error
    if version < VERSION_MIN:
        raise ServerUnsuitable(
            zh=f"数据库是 PostgreSQL {version}，需要 {VERSION_MIN} 或更新",
            en=f"The database is PostgreSQL {version}; {VERSION_MIN} or newer is needed",
        )
