"""What a domain declares to be imported, and how an import stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from shuniu.foundation.access import Actor, Permission
from shuniu.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from shuniu.foundation.text import Text

ROWS_MAX = 20_000
COLUMNS_MAX = 100
NO_TEXT = Text("", "")


class CellProblem(ValueError):
    """A cell that cannot be read; raised by a column's `parse`."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a row may say. `parse` turns the cell's text into the value, CellProblem when it cannot.

    Columns find themselves by `text` in either language, by key, or by one of the `aliases`.
    """

    key: str
    text: Text
    parse: Callable[[str], Any]
    required: bool = False
    example: str = ""
    aliases: tuple[str, ...] = ()
    help: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row: `number` as the spreadsheet counts it, `values` by column key; empty cells are missing."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row; `column` is a key, empty for the row as a whole."""

    row: int
    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of thing that spreadsheets bring in.

    `check(rows, by)` finds what only the whole shows: unknown codes, duplicates, rights. `apply(rows, by, now)` writes a
    batch and returns how many; all batches run in one transaction, in order, and a DomainError undoes them all.
    """

    key: str
    text: Text
    permission: Permission
    columns: tuple[Column, ...]
    check: Callable[[Sequence[ImportRow], Actor], Sequence[RowProblem]]
    apply: Callable[[Sequence[ImportRow], Actor, datetime], int]


class ImportStatus(StrEnum):
    """READY may be started when no row is faulty; QUEUED and RUNNING are under way."""

    READY = "ready"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ImporterUnknown(NotFound):
    code = "imports.importer_unknown"
    zh = "不支持导入“{value}”"
    en = "“{value}” cannot be imported."


class SheetUnreadable(Invalid):
    code = "imports.sheet_unreadable"
    zh = "文件无法读取，请上传 xlsx 或 csv 表格"
    en = "The file cannot be read; please upload an xlsx or csv spreadsheet."


class SheetEmpty(Invalid):
    code = "imports.sheet_empty"
    zh = "表格里没有数据行"
    en = "The spreadsheet has no rows."


class SheetTooLong(Invalid):
    code = "imports.sheet_too_long"
    zh = "一次最多导入 {rows_max} 行，请拆分后再上传"
    en = "At most {rows_max} rows can be imported at a time; please split the file."


class MappingInvalid(Invalid):
    code = "imports.mapping_invalid"
    zh = "列的对应关系有误"
    en = "The columns are not mapped correctly."


class ImportFaulty(Conflict):
    code = "imports.faulty"
    zh = "还有 {count} 行有误，改正后才能导入"
    en = "{count} rows are faulty; they must be mended first."


class ImportStarted(Conflict):
    code = "imports.started"
    zh = "该导入已经开始，不能再修改"
    en = "This import has started and cannot be changed any more."


class ImporterLeft(Forbidden):
    code = "imports.importer_left"
    zh = "发起导入的人已无此权限"
    en = "Whoever started this import may no longer do so."
