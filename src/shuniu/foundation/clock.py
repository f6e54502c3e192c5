"""The only clock. Doors (API, tasks, commands) read it once and hand the moment down as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
