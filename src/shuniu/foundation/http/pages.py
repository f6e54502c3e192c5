"""Cursor pages: keyset on (sort, id), so that page 5,000 costs what page 1 costs and nothing is shown twice."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from pydantic import BaseModel, Field

from shuniu.foundation.errors import Invalid

T = TypeVar("T")
M = TypeVar("M", bound=Model)

COUNT_UP_TO = 10_000


class BadCursor(Invalid):
    """The cursor was not made here, or for another sort."""

    code = "http.bad_cursor"
    zh = "翻页位置已失效，请回到第一页"
    en = "The page position is no longer valid; go back to the first page."


class BadSort(Invalid):
    """The list cannot be sorted that way."""

    code = "http.bad_sort"
    zh = "不支持按“{sort}”排序"
    en = "Sorting by “{sort}” is not offered."


class PageParams(BaseModel):
    """What a list is asked for. ``sort`` is a column name, with ``-`` in front for descending."""

    cursor: str | None = None
    limit: int = Field(default=20, ge=1, le=200)
    sort: str | None = None


class Page(BaseModel, Generic[T]):
    """One page. ``total`` counts up to 10,000; beyond that ``more_than_total`` is true."""

    items: list[T]
    next: str | None = None
    total: int | None = None
    more_than_total: bool = False


def paginate(
    queryset: QuerySet[M],
    page: PageParams,
    *,
    sorts: Mapping[str, str],
    default: str,
    to: Callable[[list[M]], list[T]],
    count: bool = True,
) -> Page[T]:
    """One page of a scoped queryset.

    ``sorts`` maps the public column name to a field of the row (annotations too); ``default`` is such a name,
    with ``-`` for descending. ``to`` turns the whole list of rows into contracts at once, so that what belongs
    to them is read in bulk. Raises :class:`BadSort` and :class:`BadCursor`.
    """
    sort = page.sort or default
    descending, name = sort.startswith("-"), sort.lstrip("-")
    field = sorts.get(name)
    if field is None:
        raise BadSort(field="sort", sort=name)
    total, more = _total(queryset) if count else (None, False)
    rows = _rows(queryset, page, sort, field, descending=descending)
    following = None
    if len(rows) > page.limit:
        rows = rows[: page.limit]
        last = rows[-1]
        following = _encode(sort, _value(last, field), last.pk)
    return Page(items=to(rows), next=following, total=total, more_than_total=more)


def _rows(queryset: QuerySet[M], page: PageParams, sort: str, field: str, *, descending: bool) -> list[M]:
    if page.cursor:
        value, pk = _decode(page.cursor, sort)
        queryset = queryset.filter(_after(field, value, pk, descending=descending))
    order = F(field).desc(nulls_last=_nullable(queryset, field)) if descending else F(field).asc()
    ordered = queryset.order_by(order, "-pk" if descending else "pk")
    try:
        return list(ordered[: page.limit + 1])
    except (ValidationError, ValueError, TypeError) as problem:
        raise BadCursor(field="cursor") from problem


def _nullable(queryset: QuerySet[M], field: str) -> bool | None:
    """NULLS LAST only where nulls can be: a plain descending order lets an index serve."""
    if field in queryset.query.annotations or "__" in field:
        return True
    return True if queryset.model._meta.get_field(field).null else None  # noqa: SLF001 - Django's documented model meta


def _after(field: str, value: Any, pk: int, *, descending: bool) -> Q:
    beyond = "lt" if descending else "gt"
    if value is None:
        return Q(**{f"{field}__isnull": True, f"pk__{beyond}": pk})
    further = Q(**{f"{field}__{beyond}": value}) | Q(**{field: value, f"pk__{beyond}": pk})
    return further | Q(**{f"{field}__isnull": True})


def _total(queryset: QuerySet[M]) -> tuple[int, bool]:
    found = queryset.order_by()[: COUNT_UP_TO + 1].count()
    return min(found, COUNT_UP_TO), found > COUNT_UP_TO


def _value(row: Model, field: str) -> Any:
    value: Any = row
    for part in field.split("__"):
        value = getattr(value, part)
    return value


def _encode(sort: str, value: Any, pk: int) -> str:
    if isinstance(value, datetime | date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    return base64.urlsafe_b64encode(json.dumps([sort, value, pk]).encode()).decode().rstrip("=")


def _decode(cursor: str, sort: str) -> tuple[Any, int]:
    try:
        made_for, value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as problem:
        raise BadCursor(field="cursor") from problem
    if made_for != sort or not isinstance(pk, int) or isinstance(value, list | dict):
        raise BadCursor(field="cursor")
    return value, pk


def in_order(rows: Sequence[M], found: Mapping[int, T]) -> list[T]:
    """Contracts in the order of their rows."""
    return [found[row.pk] for row in rows]
