"""What import contracts cannot see: foreign keys, models fetched by name, raw SQL."""

import re
from collections.abc import Iterator, Mapping

import pytest
from django.apps import apps
from django.db.models import Model
from tests.architecture.house import PRODUCT, House

READS = re.compile(r"\b(?:from|join)\s+(?:only\s+|lateral\s+)?\"?([a-z_][a-z0-9_]*)\"?", re.IGNORECASE)
WRITES = re.compile(
    r"\b(?:insert\s+into|update|delete\s+from|truncate(?:\s+table)?|copy|alter\s+table|lock\s+table)\s+"
    r"(?:only\s+)?\"?([a-z_][a-z0-9_]*)\"?",
    re.IGNORECASE,
)
# The demo company arrives by COPY, all tables at once: there is no action for five thousand past orders.
BULK_LOADERS = ("src/shuniu/app/demo",)


def test_foreign_keys_follow_the_arrows(house: House) -> None:
    against = [
        f"{model.__module__}.{model.__name__}.{field.name} → {other.__module__}.{other.__name__}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and isinstance(other := field.related_model, type) and issubclass(other, Model)
        if (one := _domain(model)) and (two := _domain(other)) and not house.may_know(one, two)
    ]
    assert against == []


def test_no_model_is_fetched_by_name(house: House) -> None:
    fetched = [
        f"{source.name}: {name}"
        for source in house.sources
        if "migrations" not in source.rooms
        for name, _ in source.calls()
        if name.endswith(("get_model", "get_models"))
    ]
    assert fetched == []


@pytest.mark.parametrize("verb", ["read", "write"])
def test_raw_sql_names_own_tables_and_reads_only_downward(house: House, verb: str) -> None:
    owners = _owners()
    against = [
        f"{place} {verb}s {table} of {owner}"
        for place, domain, text in _sql(house)
        if not place.startswith(BULK_LOADERS)
        for table in (READS if verb == "read" else WRITES).findall(_without_deletes(text, verb))
        if (owner := owners.get(table.lower()))
        and not (house.may_know(domain, owner) if verb == "read" else domain == owner)
    ]
    assert against == []


def _sql(house: House) -> Iterator[tuple[str, str, str]]:
    """(place, domain, text) of every text in the sources, and of every SQL file."""
    for source in house.sources:
        if source.domain in house.floors:
            for text in source.strings():
                yield source.name, source.domain, text
    for path in PRODUCT.rglob("*.sql"):
        relative = path.relative_to(PRODUCT)
        yield f"src/shuniu/{relative}", relative.parts[0], path.read_text(encoding="utf-8")


def _without_deletes(text: str, verb: str) -> str:
    return re.sub(r"\bdelete\s+from\b", "delete", text, flags=re.IGNORECASE) if verb == "read" else text


def _owners() -> Mapping[str, str]:
    return {model._meta.db_table: domain for model in apps.get_models() if (domain := _domain(model))}


def _domain(model: type[Model]) -> str | None:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "shuniu" else None
