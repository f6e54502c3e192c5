"""What the environment says, read once at start and explained when it is wrong.

``shuniu run`` writes these variables itself for an embedded installation; with a server of one's own they are
set by whoever deploys (``docs/deploy.md``).
"""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SECRET_BYTES_MIN = 32


class ConfigurationError(Exception):
    """The environment cannot be used; the message lists every problem in Chinese and English."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(
            "\n".join(["配置有误 / The configuration cannot be used:", *(f"  - {p}" for p in problems)])
        )


@dataclass(frozen=True, slots=True)
class Environment:
    """The installation's own settings, available as ``settings.SHUNIU``.

    ``field_keys`` are 32-byte AES keys, the first one writes; ``live_url`` is where browsers open the stream
    (empty: same host, ``live_port``); ``frame_origins`` may show the side bar in a frame.
    """

    database_url: str
    data: Path
    secret_key: str
    field_keys: tuple[bytes, ...]
    hash_key: bytes
    demo: bool
    debug: bool
    public_url: str
    live_url: str
    live_port: int
    allowed_hosts: tuple[str, ...]
    frame_origins: tuple[str, ...]
    time_zone: str
    sandbox_url: str
    upload_bytes_max: int


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read all variables; raises :class:`ConfigurationError` naming every one that is missing or weak."""
    problems: list[str] = []
    secret = _strong(environ, "SHUNIU_SECRET_KEY", problems)
    fields = tuple(
        _key(part, "SHUNIU_FIELD_KEYS", problems) for part in _listed(environ, "SHUNIU_FIELD_KEYS")
    )
    if not fields:
        problems.append(_missing("SHUNIU_FIELD_KEYS", "32 字节密钥的 base64", "a base64 key of 32 bytes"))
    hash_key = _key(environ.get("SHUNIU_HASH_KEY", ""), "SHUNIU_HASH_KEY", problems)
    if "DATABASE_URL" not in environ:
        problems.append(_missing("DATABASE_URL", "数据库地址", "the address of the database"))
    environment = Environment(
        database_url=environ.get("DATABASE_URL", ""),
        data=Path(environ.get("SHUNIU_DATA", "data")).absolute(),
        secret_key=secret,
        field_keys=fields,
        hash_key=hash_key,
        demo=environ.get("SHUNIU_DEMO") == "1",
        debug=environ.get("SHUNIU_DEBUG") == "1",
        public_url=environ.get("SHUNIU_PUBLIC_URL", "http://localhost:8000").rstrip("/"),
        live_url=environ.get("SHUNIU_LIVE_URL", ""),
        live_port=_number(environ, "SHUNIU_LIVE_PORT", 8001, problems),
        allowed_hosts=_listed(environ, "SHUNIU_ALLOWED_HOSTS") or ("localhost", "127.0.0.1", "[::1]"),
        frame_origins=_listed(environ, "SHUNIU_FRAME_ORIGINS"),
        time_zone=environ.get("SHUNIU_TIME_ZONE", "Asia/Shanghai"),
        sandbox_url=environ.get("SHUNIU_SANDBOX_URL", ""),
        upload_bytes_max=_number(environ, "SHUNIU_UPLOAD_MB", 20, problems) * 1_000_000,
    )
    if problems:
        raise ConfigurationError(problems)
    return environment


def _missing(name: str, zh: str, en: str) -> str:
    return f"{name}: 未设置（{zh}) / is not set ({en})"


def _strong(environ: Mapping[str, str], name: str, problems: list[str]) -> str:
    value = environ.get(name, "")
    if not value:
        problems.append(_missing(name, "随机字符串", "a random text"))
    elif len(value) < SECRET_BYTES_MIN or len(set(value)) < 10:
        problems.append(
            f"{name}: 太弱，至少 {SECRET_BYTES_MIN} 个随机字符 / is too weak, use {SECRET_BYTES_MIN} random characters"
        )
    return value


def _key(text: str, name: str, problems: list[str]) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != SECRET_BYTES_MIN:
        problems.append(f"{name}: 须为 32 字节的 base64 / must be the base64 form of 32 bytes")
    return raw


def _listed(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in environ.get(name, "").split(",") if part.strip())


def _number(environ: Mapping[str, str], name: str, default: int, problems: list[str]) -> int:
    value = environ.get(name, str(default))
    if not value.isdigit():
        problems.append(f"{name}: 应为整数 / must be a whole number")
        return default
    return int(value)
