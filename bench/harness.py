"""What all benchmarks share: a product of their own to measure, processes, percentiles and the report.

A benchmark prints a table for people and, as its last line, one JSON object with its figures and targets. It exits
non-zero when a target is missed. Each starts its own PostgreSQL, with the durability of a real installation.
"""

import base64
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import django
from django.core.management import call_command

from shuniu.foundation.database.embedded import EmbeddedPostgres

Target = tuple[Literal["≥", "≤"], float]
ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "bench" / "parts"


@contextmanager
def product() -> Iterator[EmbeddedPostgres]:
    """A database of its own with the product's tables, and Django set up for it."""
    folder = Path(tempfile.mkdtemp(prefix="shuniu-bench-"))
    # the account of the server must get through
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "database")
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    os.environ |= {
        "DATABASE_URL": server.url,
        "DJANGO_SETTINGS_MODULE": "shuniu.app.settings",
        "SHUNIU_DATA": str(folder / "data"),
        "SHUNIU_SECRET_KEY": secrets.token_hex(32),
        "SHUNIU_FIELD_KEYS": key,
        "SHUNIU_HASH_KEY": key,
    }
    try:
        server.start()
        django.setup()
        say("creating the tables…")
        call_command("migrate", verbosity=0)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start(part: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process: a file of ``bench/parts`` that finds Django set up, reads and writes lines."""
    program = (
        "import django, runpy, sys; django.setup(); "
        f"sys.argv = {[part, *map(str, arguments)]!r}; "
        f"runpy.run_path({str(PARTS / part)!r}, run_name='__main__')"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "bench"), str(PARTS)])},
    )


def tell(**told: object) -> None:
    """What a part says to the benchmark that started it."""
    print(json.dumps(told), flush=True)


def paced(work: Callable[[], None], rate: float, seconds: float) -> list[float]:
    """Do the work at that rate for so long; returns how long each took, in ms.

    Who falls behind hurries and skips nothing, but gives up after twice the time: the rate is then missed.
    """
    took: list[float] = []
    started = time.perf_counter()
    for number in range(int(rate * seconds)):
        pause = started + number / rate - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        begun = time.perf_counter()
        if begun > started + seconds * 2:
            break
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return took


def ask(process: subprocess.Popen[str], line: str) -> None:
    """Send one line to a process."""
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The next line of JSON that a process writes."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            told: dict[str, Any] = json.loads(line)
            return told
    raise RuntimeError(f"a process of the benchmark ended early with code {process.wait()}")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank); 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def memory_mib(pid: int) -> float:
    """Proportional memory of a process and its children, in MiB."""
    total = 0
    for one in [pid, *_children(pid)]:
        rollup = Path(f"/proc/{one}/smaps_rollup")
        if rollup.exists():
            lines = rollup.read_text(encoding="ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def processor_seconds(pid: int) -> float:
    """Processor time that a process and its children have used."""
    ticks = 0
    for one in [pid, *_children(pid)]:
        stat = Path(f"/proc/{one}/stat")
        if stat.exists():
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    try:
        direct = [
            int(child)
            for tasks in Path(f"/proc/{pid}/task").iterdir()
            for child in (tasks / "children").read_text(encoding="ascii").split()
        ]
    except FileNotFoundError:
        return []
    return direct + [deeper for child in direct for deeper in _children(child)]


def say(text: str) -> None:
    """Progress, beside the report."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def report(name: str, figures: Mapping[str, float], targets: Mapping[str, Target]) -> int:
    """Print the table and the JSON line; returns the exit code."""
    width = max(len(figure) for figure in figures)
    missed = False
    for figure, value in figures.items():
        sign, bound = targets.get(figure, ("", 0.0))
        held = sign == "" or (value >= bound if sign == "≥" else value <= bound)
        missed |= not held
        verdict = "" if sign == "" else f"   {sign} {bound:g}  {'✓' if held else '✗ MISSED'}"
        print(f"  {figure:{width}}  {value:>12,.2f}{verdict}")
    told = {
        "bench": name,
        "figures": {figure: round(value, 3) for figure, value in figures.items()},
        "targets": {figure: list(target) for figure, target in targets.items()},
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 1 if missed else 0
