"""Lists as files: Excel for people, CSV for programs. Both are written row by row."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from shuniu.foundation.text import Text

T = TypeVar("T")
Format = Literal["xlsx", "csv"]

# A cell that starts with one of these is run as a formula by spreadsheet programs (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its heading and how its value is read from a row."""

    title: Text
    value: Callable[[T], Any]


def export_response(
    name: str, *, columns: Sequence[Column[T]], rows: Iterable[T], format: Format, locale: str
) -> HttpResponseBase:
    """The rows as a download named ``name``; times are local to the installation's zone."""
    headings = [column.title.pick(locale) for column in columns]
    cells = ([column.value(row) for column in columns] for row in rows)
    if format == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            _csv(headings, cells), content_type="text/csv; charset=utf-8"
        )
    else:
        response = FileResponse(_xlsx(name, headings, cells), content_type=_XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{format}"
    return response


def _local(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(
            ZoneInfo(settings.SHUNIU.time_zone)
        )
    return value


def _csv(headings: Sequence[str], rows: Iterator[list[Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    writer.writerow(headings)
    for cells in rows:
        writer.writerow([_plain(cell) for cell in cells])
        if buffer.tell() > 64_000:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _plain(cell: Any) -> Any:
    cell = _local(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return "'" + cell
    return "" if cell is None else cell


def _xlsx(name: str, headings: Sequence[str], rows: Iterator[list[Any]]) -> Any:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the response, which closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(rows, start=1):
            for position, cell in enumerate(map(_local, cells)):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, position, cell.replace(tzinfo=None), moment)
                elif isinstance(cell, date):
                    sheet.write_string(number, position, cell.isoformat())
                elif isinstance(cell, Decimal):
                    sheet.write_number(number, position, float(cell), money)
                elif cell is not None:
                    sheet.write(number, position, cell)
    file.seek(0)
    return file
