"""Which row is the heading, and which of its cells is which column."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from shuniu.foundation.imports.contracts import Importer
from shuniu.foundation.imports.sheets import HEADER_WITHIN, Cells

# People mark required columns and explain them in brackets: “姓名*”, “手机号（必填）”.
_DECORATION = re.compile(r"[\s*＊:：]|[（(].*?[)）]")


def find_header(importer: Importer, rows: Sequence[Cells]) -> int:
    """Index of the row, among the first ten, that names the most columns; the first row with text if none does."""
    named = [len(match_columns(importer, row)) for row in rows[:HEADER_WITHIN]]
    if max(named) > 0:
        return named.index(max(named))
    return next(index for index, row in enumerate(rows) if any(row))


def match_columns(importer: Importer, header: Cells) -> dict[str, int]:
    """Cell index by column key, for the columns that are named in the heading."""
    places = {_plain(cell): index for index, cell in reversed(list(enumerate(header))) if _plain(cell)}
    return {column: places[name] for column, name in _named(importer, places).items()}


def _named(importer: Importer, places: Mapping[str, int]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in importer.columns:
        names = [_plain(name) for name in (column.text.zh, column.text.en, column.key, *column.aliases)]
        name = next((name for name in names if name in places and name not in found.values()), None)
        if name is not None:
            found[column.key] = name
    return found


def _plain(name: str) -> str:
    return _DECORATION.sub("", unicodedata.normalize("NFKC", name)).replace("_", "").casefold()
