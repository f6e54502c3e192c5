"""All functions by name."""

from __future__ import annotations

from shuniu.core.feel.functions import contexts, conversion, lists, numeric, ranges, temporal, text
from shuniu.core.feel.functions.table import Builtin

BUILTINS: dict[str, Builtin] = {
    row.name: row
    for module in (conversion, contexts, text, lists, numeric, temporal, ranges)
    for row in module.FUNCTIONS
}
