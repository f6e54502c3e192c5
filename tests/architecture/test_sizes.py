"""Files and functions stay small enough to be read in one go."""

import ast
from pathlib import Path

from tests.architecture.house import ROOT, House

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
GENERATED = ("generated", "node_modules", "migrations", "dist")


def test_no_source_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines for path in _files() if (lines := _lines(path)) > FILE_LINES_MAX
    }
    assert long == {}


def test_no_function_is_longer_than_70_lines(house: House) -> None:
    long = {
        f"{source.name}:{function.name}": length
        for source in house.sources
        if "migrations" not in source.rooms
        for function in source.functions()
        if (length := _length(function)) > FUNCTION_LINES_MAX
    }
    assert long == {}


def _files() -> list[Path]:
    patterns = (
        "src/**/*.py",
        "sandbox/**/*.py",
        "tests/**/*.py",
        "bench/**/*.py",
        "web/src/**/*.ts",
        "web/src/**/*.tsx",
    )
    return [
        path
        for pattern in patterns
        for path in ROOT.glob(pattern)
        if not any(part in GENERATED for part in path.relative_to(ROOT).parts)
    ]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
