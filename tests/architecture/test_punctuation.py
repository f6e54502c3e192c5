"""What Chinese readers see carries Chinese punctuation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import PRODUCT

HAN = r"[\u4e00-\u9fff]"
HALF = re.compile(rf"{HAN}[,;:!?()]|[,;:!?(]{HAN}")
# the rule language and formulas are written with half-width signs; an address is an address
EXEMPT = ("core/", "foundation/database/address.py")


def test_chinese_text_has_full_width_punctuation() -> None:
    wrong = [
        f"{path.relative_to(PRODUCT)}:{line}: {text}"
        for path in sorted(PRODUCT.rglob("*.py"))
        if not str(path.relative_to(PRODUCT)).startswith(EXEMPT)
        for line, text in _shown(path)
        if HALF.search(text)
    ]
    assert wrong == []


def _shown(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of the file that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(statement.value)
        for node in ast.walk(tree)
        for statement in _body(node)
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def _body(node: ast.AST) -> list[ast.stmt]:
    body = getattr(node, "body", [])
    return body if isinstance(body, list) else []
