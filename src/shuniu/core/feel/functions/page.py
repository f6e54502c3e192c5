"""The reference page of FEEL, made from the function table: `python -m shuniu.core.feel --reference en`."""

from __future__ import annotations

from typing import Literal

from shuniu.core.feel.functions.prose import EN, GROUPS, ZH
from shuniu.core.feel.functions.registry import BUILTINS
from shuniu.core.feel.functions.table import Builtin

Language = Literal["zh", "en"]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _row(function: Builtin, language: Language) -> str:
    forms = "<br>".join(f"`{_cell(form)}`" for form in function.signature().split(" | "))
    about = function.zh if language == "zh" else function.en
    examples = "<br>".join(f"`{_cell(left)}` → `{_cell(right)}`" for left, right in function.examples)
    return f"| {forms} | {_cell(about)} | {examples} |"


def reference(language: Language) -> str:
    """The page in Chinese or English."""
    lines = [ZH if language == "zh" else EN]
    head = "| 函数 | 含义 | 例子 |" if language == "zh" else "| function | meaning | examples |"
    for group, (zh, en) in GROUPS.items():
        lines += [f"### {zh if language == 'zh' else en}\n", head, "|---|---|---|"]
        lines += [_row(function, language) for function in BUILTINS.values() if function.group == group]
        lines.append("")
    return "\n".join(lines)
