"""Character classes of XPath that `re` does not know: `\\p{L}`, `\\p{IsGreek}`, `\\i`, `\\c`."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Thai": (0x0E00, 0x0E7F),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7A3),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}
_CATEGORIES = frozenset([
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
])  # fmt: skip


def _body(wanted: Callable[[int], bool]) -> str:
    """The body of a set that holds the code points for which `wanted` is true."""
    ranges: list[str] = []
    start: int | None = None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and wanted(code)
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            ranges.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    return "".join(ranges)


@lru_cache(maxsize=64)
def category_class(name: str, *, negated: bool) -> str | None:
    """The body of a set for `\\p{name}`, or None when there is no such class."""
    if name.startswith("Is"):
        block = _BLOCKS.get(name[2:])
        if block is None:
            return None
        low, high = block
        if not negated:
            return f"\\U{low:08x}-\\U{high:08x}"
        return (f"\\U00000000-\\U{low - 1:08x}" if low else "") + f"\\U{high + 1:08x}-\\U0010ffff"
    if name not in _CATEGORIES:
        return None
    return _body(lambda code: unicodedata.category(chr(code)).startswith(name) != negated)


@lru_cache(maxsize=4)
def name_char_class(kind: str, *, negated: bool) -> str:
    """`\\i`, what an XML name starts with, and `\\c`, what it goes on with."""

    def wanted(code: int) -> bool:
        char = chr(code)
        starts = char in ":_" or char.isalpha()
        inside = (
            starts
            if kind == "i"
            else starts or char in "-.\u00b7" or unicodedata.category(char) in ("Nd", "Mn")
        )
        return inside != negated

    return _body(wanted)
