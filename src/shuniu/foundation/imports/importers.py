"""What can be imported; filled by app/wiring.py."""

from collections.abc import Iterable

from shuniu.foundation.imports.contracts import Importer, ImporterUnknown

_importers: dict[str, Importer] = {}


def register_importers(importers: Iterable[Importer]) -> None:
    """Make kinds importable."""
    for importer in importers:
        if _importers.setdefault(importer.key, importer) is not importer:
            raise ValueError(f"importer {importer.key} is declared twice")


def importer(key: str) -> Importer:
    """The declaration; ImporterUnknown."""
    found = _importers.get(key)
    if found is None:
        raise ImporterUnknown(field="importer", value=key)
    return found


def all_importers() -> tuple[Importer, ...]:
    """Every importer."""
    return tuple(_importers.values())
