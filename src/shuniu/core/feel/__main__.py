"""`python -m shuniu.core.feel`: evaluate an expression, unary tests, or a decision of a DMN file."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shuniu.core.feel.dmn.model import Import
from shuniu.core.feel.dmn.run import Model
from shuniu.core.feel.dmn.xml import MAX_BYTES
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.functions.page import reference
from shuniu.core.feel.jsonform import json_text, read_json, type_of_data
from shuniu.core.feel.program import compile_expression, compile_tests
from shuniu.core.feel.temporal.text import read_date_time
from shuniu.core.feel.types import ContextType, Type
from shuniu.core.feel.values import Value

_EPILOG = """A context is JSON; a date, time or duration in it is {"@": "2026-11-22"}, and so it is printed. Ranges
print as {"@": "[1..3]"}, functions as {"@": "function(a, b)"}."""


_ROOT = re.compile(rb"<(?:[\w.-]+:)?definitions\b[^>]*>")
_NAMESPACE = re.compile(rb"""\snamespace\s*=\s*["']([^"']*)["']""")


class Evaluator:
    """Answers requests; models are read once."""

    def __init__(self, now: Any) -> None:
        self._now = now
        self._models: dict[str, Model] = {}

    def expression(self, text: str, context: Mapping[str, Value]) -> Value:
        return compile_expression(text, _names(context), strict=False, trusted=True).evaluate(
            context, self._now
        )

    def tests(self, text: str, tested: Value, context: Mapping[str, Value]) -> Value:
        program = compile_tests(text, _names(context), type_of_data(tested), strict=False, trusted=True)
        return program.test(tested, context, self._now)

    def decision(self, file: str, name: str, context: Mapping[str, Value]) -> Value:
        return self._model(file).decide(name, context, self._now)

    def problems(self, file: str) -> list[str]:
        return self._model(file).problems

    def _model(self, file: str) -> Model:
        if file not in self._models:
            path = Path(file)
            self._models[file] = Model.from_xml(_bytes(path), lambda wanted: _imported(path, wanted))
        return self._models[file]


def _names(context: Mapping[str, Value]) -> dict[str, Type]:
    of = type_of_data(dict(context))
    return dict(of.fields) if isinstance(of, ContextType) else {}


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FeelError(f"读不了文件 {path}", f"cannot read {path}: {error.strerror}", code="file") from error


def _imported(beside: Path, wanted: Import) -> bytes | None:
    """The imported model: at its location, else any file of the same folder with its namespace."""
    if wanted.location and "://" not in wanted.location:
        path = beside.parent / wanted.location
        if path.is_file():
            return _bytes(path)
    for path in sorted(beside.parent.rglob("*.dmn")):
        data = _bytes(path) if path != beside else b""
        root = _ROOT.search(data)
        namespace = _NAMESPACE.search(root.group()) if root else None
        if namespace and namespace.group(1).decode(errors="replace") == wanted.namespace:
            return data
    return None


def _context(value: Value) -> dict[str, Value]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise FeelError("上下文应是 JSON 对象", "the context must be a JSON object", code="json")
    return value


def _tested(text: str) -> Value:
    """The value of --input: JSON, or else a FEEL expression."""
    try:
        return read_json(text)
    except FeelError:
        return compile_expression(text).evaluate({})


def answer(evaluator: Evaluator, request: Value) -> Value:
    """The value that one request of a batch asks for."""
    if not isinstance(request, dict):
        raise FeelError("请求应是 JSON 对象", "a request must be a JSON object", code="json")
    context = _context(request.get("context"))
    expression, tests, file, name = (request.get(key) for key in ("expr", "tests", "dmn", "decision"))
    if isinstance(expression, str):
        return evaluator.expression(expression, context)
    if isinstance(tests, str):
        return evaluator.tests(tests, request.get("input"), context)
    if isinstance(file, str) and isinstance(name, str):
        return evaluator.decision(file, name, context)
    zh, en = "请求里要有 expr、tests,或 dmn 与 decision", "a request needs expr, tests, or dmn and decision"
    raise FeelError(zh, en, code="json")


def print_line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def batch(evaluator: Evaluator) -> None:
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            reply: dict[str, Value] = {"value": answer(evaluator, read_json(line))}
        except FeelError as error:
            reply = {"error": str(error)}
        print_line(json_text(reply))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shuniu.core.feel", description=__doc__, epilog=_EPILOG)
    parser.add_argument("expression", nargs="?", help="a FEEL expression")
    parser.add_argument("--context", metavar="JSON", default="{}", help="the names and their values")
    parser.add_argument("--tests", metavar="UNARY", help="unary tests, instead of an expression")
    parser.add_argument("--input", metavar="VALUE", help="the value they test: JSON or FEEL")
    parser.add_argument("--dmn", metavar="FILE", help="a DMN model, instead of an expression")
    parser.add_argument("--decision", metavar="NAME", help="the decision or decision service to evaluate")
    parser.add_argument("--batch", action="store_true", help="one JSON request per line of standard input")
    parser.add_argument("--reference", choices=("zh", "en"), help="print the reference page")
    parser.add_argument(
        "--now", metavar="DATETIME", help="what now() answers; the clock where it is left out"
    )
    return parser


def _now(text: str | None) -> Any:
    if text is None:
        return dt.datetime.now().astimezone()
    value = read_date_time(text)
    if value is None:
        raise FeelError(f"‘{text}’不是日期时间", f"'{text}' is not a date and time", code="value")
    return value


def _single(options: argparse.Namespace, evaluator: Evaluator) -> Value:
    context = _context(read_json(options.context))
    if options.dmn is not None:
        value = evaluator.decision(options.dmn, options.decision or "", context)
        for problem in evaluator.problems(options.dmn):
            sys.stderr.write(f"{problem}\n")
        return value
    if options.tests is not None:
        return evaluator.tests(options.tests, _tested(options.input or "null"), context)
    return evaluator.expression(options.expression, context)


def main() -> int:
    parser = _parser()
    options = parser.parse_args()
    if options.reference:
        sys.stdout.write(reference(options.reference))
        return 0
    if not (options.batch or options.expression is not None or options.tests is not None or options.dmn):
        parser.error("an expression, --tests, --dmn or --batch is needed")
    try:
        evaluator = Evaluator(_now(options.now))
        if options.batch:
            batch(evaluator)
        else:
            print_line(json_text(_single(options, evaluator)))
    except FeelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
