"""A run's spreadsheet read again, its rows turned into values and judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuniu.foundation.access import Actor
from shuniu.foundation.files import queries as files
from shuniu.foundation.files import storage
from shuniu.foundation.imports.contracts import CellProblem, Column, Importer, ImportRow, RowProblem
from shuniu.foundation.imports.sheets import Cells, read_sheet
from shuniu.foundation.text import Text

REQUIRED = Text("必填", "This is required.")
# A file that is wrong throughout says so with these; the rest would only repeat it.
PROBLEMS_MAX = 5_000


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows with values, and what is wrong."""

    rows: list[ImportRow]
    problems: list[RowProblem]


def read_file(file_id: int, actor: Actor) -> tuple[str, list[Cells]]:
    """The file's name and rows; NotFound unless it is the actor's."""
    stored, sha256 = files.content_for(actor, file_id)
    with storage.open_content(sha256) as content:
        return stored.name, read_sheet(content.read(), stored.mime)


def judge(
    importer: Importer, rows: Sequence[Cells], header_row: int, mapping: Mapping[str, int], by: Actor
) -> Judged:
    """Every row below the heading; rows without any mapped text are left out."""
    missing = [column for column in importer.columns if column.required and column.key not in mapping]
    parsed: list[ImportRow] = []
    problems: list[RowProblem] = []
    for number, cells in enumerate(rows[header_row + 1 :], start=header_row + 2):
        if not any(_cell(cells, index) for index in mapping.values()):
            continue
        problems += [RowProblem(number, column.key, REQUIRED) for column in missing]
        parsed.append(ImportRow(number, _values(importer.columns, number, cells, mapping, problems)))
    sound = {row.number for row in parsed} - {problem.row for problem in problems}
    problems += importer.check([row for row in parsed if row.number in sound], by)
    return Judged(rows=parsed, problems=sorted(problems, key=lambda problem: problem.row)[:PROBLEMS_MAX])


def _values(
    columns: Sequence[Column],
    number: int,
    cells: Cells,
    mapping: Mapping[str, int],
    problems: list[RowProblem],
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in columns:
        if column.key not in mapping:
            continue
        cell = _cell(cells, mapping[column.key])
        if not cell:
            if column.required:
                problems.append(RowProblem(number, column.key, REQUIRED))
            continue
        try:
            values[column.key] = column.parse(cell)
        except CellProblem as wrong:
            problems.append(RowProblem(number, column.key, wrong.text))
    return values


def _cell(cells: Cells, index: int) -> str:
    return cells[index] if index < len(cells) else ""
