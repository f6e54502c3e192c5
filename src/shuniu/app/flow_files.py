"""Flow documents in files."""

import json
from pathlib import Path

from pydantic import ValidationError

from shuniu.core.flow.document import FlowDocument


class FileFaulty(Exception):
    """A file that is no flow document; says what is wrong with it."""


def read(path: Path) -> FlowDocument:
    """The document in a file."""
    try:
        return FlowDocument.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise FileFaulty(f"{path}: {wrong}") from wrong
    except ValidationError as wrong:
        lines = [f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in wrong.errors()]
        raise FileFaulty("\n".join(lines)) from wrong
