"""Finding."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import registry
from shuniu.foundation.search.contracts import Found, Hit, HitGroup
from shuniu.foundation.search.grams import grams, last_digits, normal, whole_phone
from shuniu.foundation.search.kinds import all_kinds

QUERY_LENGTH_MAX = 60
TERMS_MAX = 6
PHONE_DIGITS_MIN = 7
GROUP_MAX = 50

_OF_KIND = """
(select d.subject_kind, d.subject_id from search_doc d
 where d.subject_kind = %s and {match} and {visible}
 order by case when lower(d.title) = %s then 0 when lower(d.title) like %s then 1 else 2 end, d.at desc, d.id desc
 limit %s)
"""


def find(q: str, *, actor: Actor, locale: str, kinds: Sequence[str] = (), limit: int = 8) -> Found:
    """What the actor may see and the words say, kind after kind; exact titles first, then beginnings, then latest."""
    words = normal(q)[:QUERY_LENGTH_MAX]
    terms = words.split(" ")[:TERMS_MAX] if words else []
    wanted = [kind for kind in all_kinds() if not kinds or kind.kind in kinds]
    if not terms or not wanted:
        return Found(q=q, groups=[])
    match, match_parameters = _match(terms)
    selects: list[str] = []
    parameters: list[Any] = []
    shown = min(limit, GROUP_MAX)
    for kind in wanted:
        condition, visible_parameters = kind.visible(actor)
        selects.append(_OF_KIND.format(match=match, visible=condition))
        ranks = [words, f"{_escaped(words)}%"]
        parameters += [kind.kind, *match_parameters, *visible_parameters, *ranks, shown + 1]
    found: dict[str, list[int]] = {kind.kind: [] for kind in wanted}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(selects), parameters)
        for subject_kind, subject_id in cursor.fetchall():
            found[subject_kind].append(subject_id)
    return Found(q=q, groups=[_group(kind, ids, shown, locale) for kind, ids in found.items() if ids])


def _match(terms: Sequence[str]) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    parameters: list[Any] = []
    for term in terms:
        # Pairs can be neighbours elsewhere: the index proposes, the text decides.
        ways = ["(d.grams @> %s and d.haystack like %s)"]
        parameters += [_proposals(term), f"%{_escaped(term)}%"]
        for gram in _phone_ways(term):
            ways.append("d.grams @> %s")
            parameters.append([gram])
        conditions.append(f"({' or '.join(ways)})")
    return " and ".join(conditions), parameters


def _proposals(term: str) -> list[str]:
    pieces = grams(term)
    pairs = [piece for piece in pieces if len(piece) == 2]
    return sorted(pairs or pieces)


def _phone_ways(term: str) -> list[str]:
    digits = term.lstrip("+").replace("-", "")
    if not digits.isdecimal():
        return []
    if len(digits) == 4:
        return [last_digits(digits)]
    return [whole_phone(digits)] if len(digits) >= PHONE_DIGITS_MIN else []


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _group(kind: str, ids: list[int], shown: int, locale: str) -> HitGroup:
    subject = registry.subject(kind)
    cards = subject.cards(ids[:shown])
    hits = [
        Hit(
            kind=kind,
            id=subject_id,
            title=card.title,
            subtitle=card.subtitle,
            link=card.link or subject.link.format(id=subject_id),
        )
        for subject_id in ids[:shown]
        if (card := cards.get(subject_id)) is not None
    ]
    return HitGroup(kind=kind, name=subject.text.pick(locale), items=hits, more=len(ids) > shown)
