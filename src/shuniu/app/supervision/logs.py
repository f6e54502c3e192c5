"""The supervisor's own log: one JSON object a line, like those of the processes it runs."""

from pathlib import Path

import structlog


def write_logs_to(path: Path) -> None:
    """From now on structlog writes to ``path``."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(path.open("a", encoding="utf-8", buffering=1)),
    )
