"""Everything that is checked without running the product: `make check`, or `tools/check.py PART…` for some parts.

Runs every part, shows what each failing one says, and only then fails.
"""

import argparse
import base64
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / ".venv" / "bin"
WEB = ROOT / "web"
PYTHON_SOURCES = [name for name in ("src", "sandbox", "tests", "bench", "tools") if (ROOT / name).is_dir()]
# Settings are read when Django's models are; nothing here opens a database.
PLACEHOLDERS = {
    "DATABASE_URL": "postgresql://nobody@/nothing",
    "DJANGO_SETTINGS_MODULE": "shuniu.app.settings",
    "SHUNIU_SECRET_KEY": "checked-without-running-0123456789abcdef",
    "SHUNIU_FIELD_KEYS": base64.b64encode(bytes(range(32))).decode(),
    "SHUNIU_HASH_KEY": base64.b64encode(bytes(range(32, 64))).decode(),
}


@dataclass(frozen=True)
class Outcome:
    part: str
    passed: bool
    seconds: float
    output: str


def program(*command: str, folder: Path = ROOT) -> Callable[[], tuple[bool, str]]:
    """A part that passes when the program ends with 0."""

    def run() -> tuple[bool, str]:
        done = subprocess.run(
            command, cwd=folder, env=_environment(), check=False, capture_output=True, text=True
        )
        return done.returncode == 0, done.stdout + done.stderr

    return run


def openapi() -> tuple[bool, str]:
    """The committed description of the API is the one the code gives."""
    committed = ROOT / "spec" / "openapi.json"
    made = subprocess.run(
        [PROGRAMS / "shuniu", "openapi"],
        cwd=ROOT,
        env=_environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        return False, made.stderr
    if not committed.exists() or committed.read_text(encoding="utf-8") != made.stdout:
        return False, "spec/openapi.json is out of date; type: .venv/bin/shuniu openapi --write\n"
    return True, ""


# the same as in `npm run api`
FLAGS = ("--default-non-nullable=false",)


def client() -> tuple[bool, str]:
    """The committed TypeScript client is the one generated from ``spec/openapi.json``."""
    committed = WEB / "src" / "generated" / "api.d.ts"
    fresh = WEB / "node_modules" / ".check" / "api.d.ts"
    fresh.parent.mkdir(parents=True, exist_ok=True)
    generate = (
        "npx",
        "--no-install",
        "openapi-typescript",
        "../spec/openapi.json",
        *FLAGS,
        "--output",
        str(fresh),
    )
    passed, output = program(*generate, folder=WEB)()
    if not passed:
        return False, output
    if not committed.exists() or committed.read_bytes() != fresh.read_bytes():
        return False, "web/src/generated/api.d.ts is out of date; type: cd web && npm run api\n"
    return True, ""


def parts() -> Mapping[str, Callable[[], tuple[bool, str]]]:
    """Every part by name, the slowest first."""
    python = {
        "types": program(str(PROGRAMS / "mypy"), "--no-error-summary"),
        "layers": program(str(PROGRAMS / "lint-imports")),
        "migrations": program(
            *(
                str(PROGRAMS / "python"),
                "-W",
                "ignore",
                "-m",
                "django",
                "makemigrations",
                "--check",
                "--dry-run",
            )
        ),
        "openapi": openapi,
        "dependencies": program(str(PROGRAMS / "deptry"), "."),
        "lint": program(str(PROGRAMS / "ruff"), "check", "--quiet", *PYTHON_SOURCES),
        "format": program(str(PROGRAMS / "ruff"), "format", "--check", "--quiet", "--diff", *PYTHON_SOURCES),
    }
    web = {
        "web-types": program("npm", "run", "--silent", "types", folder=WEB),
        "web-lint": program("npm", "run", "--silent", "lint", folder=WEB),
        "web-client": client,
    }
    return python | (web if WEB.is_dir() else {})


def main() -> int:
    known = parts()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", help=", ".join(known))
    asked = parser.parse_args().part or list(known)
    if unknown := [part for part in asked if part not in known]:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = list(pool.map(lambda part: _checked(part, known[part]), asked))
    for outcome in (outcome for outcome in outcomes if not outcome.passed):
        print(f"\n===== {outcome.part}\n{outcome.output.rstrip()}")
    print()
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.part:13} {outcome.seconds:6.1f} s")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _checked(part: str, run: Callable[[], tuple[bool, str]]) -> Outcome:
    since = time.monotonic()
    passed, output = run()
    return Outcome(part, passed, time.monotonic() - since, output)


def _environment() -> dict[str, str]:
    """Ours, with the Node of the environment in front where the machine's is missing or too old."""
    path = os.environ["PATH"]
    if (PROGRAMS / "node").exists():
        path = f"{PROGRAMS}{os.pathsep}{path}"
    return os.environ | PLACEHOLDERS | {"PATH": path}


if __name__ == "__main__":
    sys.exit(main())
