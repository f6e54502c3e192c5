"""Text into grams: the pieces by which PostgreSQL finds Chinese text without a dictionary or an extension."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from shuniu.foundation import privacy

HAYSTACK_LENGTH_MAX = 2000
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_SPACE = re.compile(r"\s+")


def normal(text: str) -> str:
    """Full-width forms narrowed, lower case, single spaces."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def readings(title: str) -> tuple[str, ...]:
    """Pinyin in full and by initials, for titles with Chinese characters: 王女士 → wangnvshi, wns."""
    if not _CHINESE.search(title):
        return ()
    syllables = [syllable for run in _RUNS.findall(title) for syllable in _syllables(run)]
    return normal("".join(syllables)), normal("".join(syllable[:1] for syllable in syllables))


@lru_cache(maxsize=4096)
def _syllables(run: str) -> tuple[str, ...]:
    """A run of Chinese characters as syllables, anything else as it is; titles repeat the same runs a lot."""
    return tuple(lazy_pinyin(run, style=Style.NORMAL)) if _CHINESE.match(run) else tuple(run)


def haystack(title: str, words: Iterable[str]) -> str:
    """All text of a document, a line per part, so that no match runs over the edge of a part."""
    parts = [normal(part) for part in (title, *words) if part.strip()]
    return "\n".join([*parts, *readings(title)])[:HAYSTACK_LENGTH_MAX]


def grams(text: str) -> set[str]:
    """Every character and every pair of neighbours within a line."""
    found: set[str] = set()
    for line in text.split("\n"):
        found.update(line)
        found.update(line[place : place + 2] for place in range(len(line) - 1))
    found.discard(" ")
    return found


def phone_grams(phone: str) -> set[str]:
    """A phone number as it may be asked for: whole, by its hash, or by its last four digits."""
    return {whole_phone(phone), last_digits(privacy.last4(phone))}


def whole_phone(phone: str) -> str:
    return f"phone:{privacy.phone_hash(phone).hex()[:32]}"


def last_digits(digits: str) -> str:
    return f"last4:{digits}"
