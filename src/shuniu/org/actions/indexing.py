"""Units and people are found by search."""

from collections.abc import Iterable, Iterator, Sequence

from shuniu.foundation import privacy, search
from shuniu.foundation.hub import Ref
from shuniu.foundation.search import SearchDoc
from shuniu.org.models import Staff, Unit


def index_units(*, ids: Sequence[int]) -> None:
    """Make the units findable as they are now; the archived are not found any more."""
    rows = Unit.objects.filter(pk__in=ids)
    search.forget([Ref("unit", row.pk) for row in rows if row.archived_at is not None])
    search.index([_unit(row) for row in rows if row.archived_at is None])


def index_staff(*, ids: Sequence[int]) -> None:
    """Make the people findable as they are now; who left is not found any more."""
    rows = Staff.objects.filter(pk__in=ids)
    search.forget([Ref("staff", row.pk) for row in rows if row.archived_at is not None])
    search.index([_staff(row) for row in rows if row.archived_at is None])


def unit_documents() -> Iterator[SearchDoc]:
    """Every unit in use."""
    rows: Iterable[Unit] = (
        Unit.objects.filter(archived_at__isnull=True).order_by("pk").iterator(chunk_size=1000)
    )
    return (_unit(row) for row in rows)


def staff_documents() -> Iterator[SearchDoc]:
    """Everybody who works here."""
    rows = Staff.objects.filter(archived_at__isnull=True).order_by("pk").iterator(chunk_size=1000)
    return (_staff(row) for row in rows)


def _unit(row: Unit) -> SearchDoc:
    return SearchDoc(
        subject=Ref("unit", row.pk),
        title=row.name,
        unit_id=row.pk,
        words=(row.code, row.city, row.address),
        at=row.created_at,
    )


def _staff(row: Staff) -> SearchDoc:
    return SearchDoc(
        subject=Ref("staff", row.pk),
        title=row.name,
        unit_id=row.home_unit_id,
        words=(row.number or "", row.city, *row.skills),
        phones=(privacy.decrypt(row.phone_cipher),) if row.phone_cipher else (),
        at=row.created_at,
    )
