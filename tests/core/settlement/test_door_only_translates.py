"""The door holds no arithmetic: whatever it answers, the engine has computed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from shuniu.core.settlement import door
from shuniu.core.settlement.door.answer import TRANSLATIONS

MODULES = sorted(Path(door.__file__).parent.glob("*.py"))
# `|` joins mappings and types; everything else computes.
JOINING = (ast.BitOr,)
COMPUTING = frozenset(
    {"sum", "abs", "min", "max", "round", "pow", "divmod", "fsum", "prod", "reduce", "round_money"}
)
COMPUTING_MODULES = frozenset({"math", "decimal", "fractions", "statistics", "operator"})
READING = frozenset({"Decimal", "itemgetter"})


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_translation_computes_nothing(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert [found for node in ast.walk(tree) if (found := computed(node))] == []


def computed(node: ast.AST) -> str | None:
    if isinstance(node, ast.BinOp | ast.AugAssign) and not isinstance(node.op, JOINING):
        return f"line {node.lineno}: {ast.unparse(node)}"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd | ast.Invert):
        return f"line {node.lineno}: {ast.unparse(node)}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COMPUTING:
        return f"line {node.lineno}: {ast.unparse(node)}"
    if isinstance(node, ast.ImportFrom) and node.module in COMPUTING_MODULES:
        names = {alias.name for alias in node.names} - READING
        return f"line {node.lineno}: imports {sorted(names)}" if names else None
    if isinstance(node, ast.Import):
        names = {alias.name for alias in node.names} & COMPUTING_MODULES
        return f"line {node.lineno}: imports {sorted(names)}" if names else None
    return None


def test_every_model_has_one_translation() -> None:
    assert len(TRANSLATIONS) == 50
    assert len(set(TRANSLATIONS.values())) == 50


@pytest.mark.parametrize(
    "text", ["a + b", "x -= 1", "-a", "sum(a)", "from decimal import getcontext", "import math"]
)
def test_the_check_sees_arithmetic(text: str) -> None:
    assert any(computed(node) for node in ast.walk(ast.parse(text)))
