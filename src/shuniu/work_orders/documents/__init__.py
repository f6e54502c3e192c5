"""Flow documents that are shipped: JSON files, published under the name of their file."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
AC_INSTALL = "ac_install"


def shipped(key: str) -> dict[str, Any]:
    """A shipped document by its key."""
    document: dict[str, Any] = json.loads((FOLDER / f"{key}.json").read_text("utf-8"))
    return document
