"""Whether the server behind ``DATABASE_URL`` serves."""

import psycopg

from shuniu.foundation.database.errors import ServerUnsuitable

VERSION_MIN = 15


def require_suitable(url: str) -> None:
    """Connect once; raises ServerUnsuitable when that fails or the server is older than version 15."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.ProgrammingError as error:
        raise ServerUnsuitable(
            zh=f"DATABASE_URL 应形如 postgresql://用户:密码@主机:5432/库名（{error}）",
            en=f"DATABASE_URL must look like postgresql://user:password@host:5432/name ({error})",
        ) from error
    except psycopg.OperationalError as error:
        raise ServerUnsuitable(
            zh=f"无法连接数据库：{error}", en=f"The database cannot be reached: {error}"
        ) from error
    if version < VERSION_MIN:
        raise ServerUnsuitable(
            zh=f"数据库是 PostgreSQL {version}，需要 {VERSION_MIN} 或更新",
            en=f"The database is PostgreSQL {version}; {VERSION_MIN} or newer is needed",
        )
