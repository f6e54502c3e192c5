"""Reads of imports: everybody sees those they began."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from shuniu.foundation.access import Actor, may
from shuniu.foundation.errors import NotFound
from shuniu.foundation.imports.contracts import Importer, ImportStatus
from shuniu.foundation.imports.importers import all_importers, importer
from shuniu.foundation.imports.models import ImportProblem, ImportRun
from shuniu.foundation.imports.reading import read_file


@dataclass(frozen=True, slots=True)
class ImportCard:
    """How an import stands. `mapping` is the place of each mapped column in `header`; `done` counts rows written so far."""

    id: int
    importer: str
    importer_name: str
    file_name: str
    status: ImportStatus
    header: list[str]
    mapping: dict[str, int]
    total: int
    faulty: int
    done: int
    imported: int
    message: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a row; `column` is a key, empty for the row as a whole."""

    column: str
    message: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as the spreadsheet has it, in the order of the heading, and its faults."""

    number: int
    cells: list[str]
    faults: list[CellFault]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Some rows; `next` is the number to go on from."""

    rows: list[PreviewRow]
    next: int | None
    total: int


def importers_for(actor: Actor) -> list[Importer]:
    """What the actor may import."""
    return [importer for importer in all_importers() if may(actor, importer.permission)]


def import_rows(actor: Actor) -> QuerySet[ImportRun]:
    """The actor's imports; for this domain's own API."""
    return ImportRun.objects.filter(created_by=actor.key).select_related("progress")


def import_cards(runs: Sequence[ImportRun], locale: str) -> list[ImportCard]:
    """The rows as people see them."""
    return [
        ImportCard(
            id=run.pk,
            importer=run.importer,
            importer_name=importer(run.importer).text.pick(locale),
            file_name=run.file_name,
            status=ImportStatus(run.status),
            header=run.header,
            mapping=run.mapping,
            total=run.total,
            faulty=run.faulty,
            done=run.progress.done if hasattr(run, "progress") else 0,
            imported=run.imported,
            message=run.message_en if locale.startswith("en") else run.message,
            created_at=run.created_at,
            started_at=run.started_at,
            finished_at=run.finished_at,
        )
        for run in runs
    ]


def import_card(run_id: int, *, actor: Actor, locale: str) -> ImportCard:
    """One import; NotFound unless it is the actor's."""
    return import_cards([_mine(run_id, actor)], locale)[0]


def preview(
    run_id: int, *, actor: Actor, locale: str, after: int, limit: int, faulty: bool | None = None
) -> ImportPreview:
    """Rows after a number, all of them, only the faulty or only the sound ones."""
    run = _mine(run_id, actor)
    faults = _faults(run, locale)
    rows = [row for row in _rows(run, actor, faults) if faulty is None or bool(row.faults) is faulty]
    later = [row for row in rows if row.number > after]
    shown = later[:limit]
    return ImportPreview(rows=shown, next=shown[-1].number if len(later) > limit else None, total=len(rows))


def faulty_rows(run_id: int, *, actor: Actor, locale: str) -> tuple[list[str], list[PreviewRow]]:
    """The heading and every faulty row, to be mended and uploaded again."""
    run = _mine(run_id, actor)
    faults = _faults(run, locale)
    return run.header, [row for row in _rows(run, actor, faults) if row.faults]


def _rows(run: ImportRun, actor: Actor, faults: dict[int, list[CellFault]]) -> list[PreviewRow]:
    _, sheet = read_file(run.file_id, actor)
    places = list(run.mapping.values())
    return [
        PreviewRow(number, cells[: len(run.header)], faults.get(number, []))
        for number, cells in enumerate(sheet[run.header_row + 1 :], start=run.header_row + 2)
        if any(place < len(cells) and cells[place] for place in places)
    ]


def _faults(run: ImportRun, locale: str) -> dict[int, list[CellFault]]:
    found: dict[int, list[CellFault]] = {}
    for problem in ImportProblem.objects.filter(run=run).order_by("row", "id"):
        text = problem.text_en if locale.startswith("en") else problem.text
        found.setdefault(problem.row, []).append(CellFault(problem.column, text))
    return found


def _mine(run_id: int, actor: Actor) -> ImportRun:
    run = import_rows(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound()
    return run
