"""Spreadsheets as rows of text, whatever program wrote them."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from shuniu.foundation.imports.contracts import (
    COLUMNS_MAX,
    ROWS_MAX,
    SheetEmpty,
    SheetTooLong,
    SheetUnreadable,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER_WITHIN = 10
# Excel on Chinese Windows writes CSV in GB 18030 and marks UTF-8 with a byte order mark.
_ENCODINGS = ("utf-8-sig", "gb18030")

Cells = list[str]


def read_sheet(content: bytes, mime: str) -> list[Cells]:
    """All rows of the first sheet as trimmed text. SheetUnreadable, SheetEmpty, SheetTooLong."""
    rows = _xlsx(content) if mime == XLSX else _csv(content)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise SheetEmpty(field="file_id")
    if len(rows) > ROWS_MAX + HEADER_WITHIN:
        raise SheetTooLong(field="file_id", rows_max=ROWS_MAX)
    return rows


def _xlsx(content: bytes) -> list[Cells]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        # From the first row on, so that numbers are those the program shows.
        return [
            _cells(row) for row in sheet.to_python(skip_empty_area=False, nrows=ROWS_MAX + HEADER_WITHIN + 1)
        ]
    except (CalamineError, IndexError, OSError, ValueError) as broken:
        raise SheetUnreadable(field="file_id") from broken


def _csv(content: bytes) -> list[Cells]:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
        except csv.Error:
            dialect = csv.excel
        try:
            return [_cells(row) for row in csv.reader(io.StringIO(text, newline=""), dialect)]
        except csv.Error as broken:
            raise SheetUnreadable(field="file_id") from broken
    raise SheetUnreadable(field="file_id")


def _cells(row: Iterable[Any]) -> Cells:
    return [_text(cell) for cell in list(row)[:COLUMNS_MAX]]


def _text(cell: Any) -> str:
    # Phone numbers and codes arrive as floating-point numbers: 13907110001.0
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()
