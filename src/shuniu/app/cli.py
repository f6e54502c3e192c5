"""``shuniu VERB``: finds the verb's file, sets up what it needs, runs it."""

import argparse
import ast
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import django

from shuniu.app.environment import ConfigurationError
from shuniu.app.installation import Installation
from shuniu.foundation.database.errors import DatabaseError
from shuniu.foundation.errors import DomainError

FOLDER = Path(__file__).parent / "commands"
EVERYTHING = frozenset({"database", "models"})
FAILED = 2


@dataclass(frozen=True)
class Verb:
    """One file of ``commands``, as far as it can be known without importing it."""

    name: str
    summary: str
    needs: frozenset[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; configuration and database faults are explained, not traced."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbs = known()
    if not given or given[0] not in verbs:
        return _help(verbs, asked=given[:1] in ([], ["help"], ["-h"], ["--help"]))
    try:
        return _run(verbs[given[0]], given[1:])
    except ConfigurationError as error:
        print(error, file=sys.stderr)
    except (DatabaseError, DomainError) as error:
        print(f"{error.zh}\n{error.en}", file=sys.stderr)
    except KeyboardInterrupt:
        print("已中断 / Interrupted", file=sys.stderr)
    return FAILED


def known() -> Mapping[str, Verb]:
    """Every verb by name."""
    files = (path for path in sorted(FOLDER.glob("*.py")) if path.stem != "__init__")
    return {path.stem: _described(path) for path in files}


def _run(verb: Verb, given: Sequence[str]) -> int:
    installation = Installation.of(os.environ)
    if "database" in verb.needs:
        installation.furnish(os.environ)
    elif "models" in verb.needs:
        installation.pretend(os.environ)
    if "models" in verb.needs:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.app.settings")
        django.setup()
    module = importlib.import_module(f"shuniu.app.commands.{verb.name}")
    parser = argparse.ArgumentParser(prog=f"shuniu {verb.name}", description=verb.summary)
    if hasattr(module, "arguments"):
        module.arguments(parser)
    options = parser.parse_args(given)
    with ExitStack() as surroundings:
        if "database" in verb.needs:
            surroundings.enter_context(installation.database(os.environ))
        code: int = module.run(options)
    return code


def _described(path: Path) -> Verb:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    needs = EVERYTHING
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEEDS":
            needs = frozenset(ast.literal_eval(node.value))
    summary = (ast.get_docstring(tree) or "").split("\n", 1)[0]
    return Verb(name=path.stem, summary=summary, needs=needs)


def _help(verbs: Mapping[str, Verb], *, asked: bool) -> int:
    out = sys.stdout if asked else sys.stderr
    print("shuniu VERB [OPTION…]\n", file=out)
    for verb in verbs.values():
        print(f"  {verb.name:12} {verb.summary}", file=out)
    return 0 if asked else FAILED


if __name__ == "__main__":
    sys.exit(main())
