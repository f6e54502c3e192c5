"""One way in for spreadsheets: upload, map columns, look at the faulty rows, then all or nothing as a job.

Owns the steps and what is shown of them. Knows no domain: each declares an Importer with its columns, its check and its writing.
"""

from shuniu.foundation.imports.cells import (
    as_choice,
    as_date,
    as_decimal,
    as_integer,
    as_list,
    as_moment,
    as_phone,
    as_text,
)
from shuniu.foundation.imports.contracts import Column, Importer, ImportRow, RowProblem
from shuniu.foundation.imports.importers import register_importers

__all__ = [
    "Column",
    "ImportRow",
    "Importer",
    "RowProblem",
    "as_choice",
    "as_date",
    "as_decimal",
    "as_integer",
    "as_list",
    "as_moment",
    "as_phone",
    "as_text",
    "register_importers",
]
