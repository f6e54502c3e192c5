"""Reads the sources and `.importlinter`; imports nothing of the product."""

import ast
import configparser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "src" / "shuniu"
CONTRACT = ROOT / ".importlinter"


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: Path

    @property
    def name(self) -> str:
        """Where it is, from the root."""
        return str(self.path.relative_to(ROOT))

    @property
    def domain(self) -> str:
        return self.path.relative_to(PRODUCT).parts[0].removesuffix(".py")

    @property
    def rooms(self) -> tuple[str, ...]:
        """The path below the domain, without the suffix: ``("actions", "create")``."""
        return self.path.relative_to(PRODUCT).with_suffix("").parts[1:]

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.name)

    def in_room(self, *rooms: str) -> bool:
        return any(room in self.rooms for room in rooms)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with the dotted name it is written with."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node

    def imports(self) -> Iterator[str]:
        """The full name of everything imported."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def strings(self) -> Iterator[str]:
        """Every text in the file, the constant parts of f-strings joined, docstrings left out."""
        docstrings = {id(node) for node in _docstrings(self.tree)}
        inside = {
            id(part)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "?" for part in node.values
                )
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in docstrings
                and id(node) not in inside
            ):
                yield node.value


@dataclass(frozen=True)
class House:
    """All of it."""

    sources: tuple[Source, ...]
    contract: configparser.ConfigParser

    @classmethod
    def read(cls) -> "House":
        contract = configparser.ConfigParser()
        contract.read(CONTRACT, encoding="utf-8")
        return cls(sources=tuple(Source(path) for path in sorted(PRODUCT.rglob("*.py"))), contract=contract)

    @cached_property
    def floors(self) -> Mapping[str, int]:
        """Domain → its floor, core lowest; domains of one floor do not know each other."""
        layers = self.contract["importlinter:contract:layers"]["layers"].strip().splitlines()
        return {
            name.strip(" ()"): floor
            for floor, layer in enumerate(reversed(layers))
            for name in layer.replace(":", "|").split("|")
        }

    @property
    def domains(self) -> list[str]:
        """The domains with rooms: everything between the foundation and the composition root."""
        return [name for name in self.floors if name not in {"app", "foundation", "core"}]

    def may_know(self, one: str, other: str) -> bool:
        return one == other or self.floors[one] > self.floors[other]

    def exists(self, *parts: str) -> bool:
        path = PRODUCT.joinpath(*parts)
        return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value
