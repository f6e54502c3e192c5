"""Writing the index, inside the transaction of the change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection

from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.search.contracts import SearchDoc
from shuniu.foundation.search.grams import grams, haystack, phone_grams

_UPSERT = """
insert into search_doc (subject_kind, subject_id, unit_id, owner_id, title, haystack, grams, at)
values (%s, %s, %s, %s, %s, %s, %s, %s)
on conflict (subject_kind, subject_id) do update set
    unit_id = excluded.unit_id, owner_id = excluded.owner_id, title = excluded.title,
    haystack = excluded.haystack, grams = excluded.grams, at = excluded.at
"""
_BATCH = 5_000
_COPY = "copy search_doc (subject_kind, subject_id, unit_id, owner_id, title, haystack, grams, at) from stdin"
_FORGET = "delete from search_doc where subject_kind = %s and subject_id = %s"


def index(docs: Sequence[SearchDoc]) -> None:
    """Make subjects findable as they are now; the same subject again replaces its entry."""
    if docs:
        # in one order everywhere, so that two writers of the same subjects do not wait for each other
        ordered = sorted(docs, key=lambda doc: doc.subject)
        with connection.cursor() as cursor:
            cursor.executemany(_UPSERT, [_row(doc) for doc in ordered])


def load(docs: Iterable[SearchDoc]) -> int:
    """Add many subjects that have no entry yet, by COPY; how many.

    Each batch is read before its COPY begins: documents may come from a query on this very connection.
    """
    documents = iter(docs)
    count = 0
    while rows := [_row(doc) for doc in islice(documents, _BATCH)]:
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
        count += len(rows)
    return count


def forget(subjects: Sequence[Ref]) -> None:
    """Let subjects not be found any more."""
    if subjects:
        with connection.cursor() as cursor:
            cursor.executemany(_FORGET, [(subject.kind, subject.id) for subject in sorted(subjects)])


def _row(doc: SearchDoc) -> tuple[str, int, int | None, int | None, str, str, list[str], datetime]:
    text = haystack(doc.title, doc.words)
    found = grams(text)
    for phone in doc.phones:
        found |= phone_grams(phone)
    return (
        doc.subject.kind, doc.subject.id, doc.unit_id, doc.owner_id, doc.title, text, sorted(found), doc.at,
    )  # fmt: skip
