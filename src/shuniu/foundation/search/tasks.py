"""Indexing everything anew, after a change in how text is cut."""

from itertools import islice

from django.db import transaction

from shuniu.foundation.search.actions import index
from shuniu.foundation.search.kinds import all_kinds

BATCH = 500


def reindex() -> int:
    """Write every document of every kind again, in batches; how many. Runs beside the work of the day."""
    count = 0
    for kind in all_kinds():
        documents = iter(kind.documents() if kind.documents is not None else ())
        while batch := list(islice(documents, BATCH)):
            with transaction.atomic():
                index(batch)
            count += len(batch)
    return count
