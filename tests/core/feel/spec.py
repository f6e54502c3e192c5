"""The cases of `spec/feel/*.json`, which the browser's interpreter runs too.

A case is written as its `name`, `names` (declared types), `expr`, `context` and perhaps `now`; running this file
fills in its `tree` (`Program.to_json`) and its `value` (the line that the command prints).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shuniu.core import feel
from shuniu.core.feel.jsonform import json_text, read_json
from shuniu.core.feel.temporal.text import read_date_time

FOLDER = Path(__file__).resolve().parents[3] / "spec" / "feel"
Case = dict[str, Any]


def cases(path: Path) -> list[Case]:
    found: list[Case] = json.loads(path.read_text(encoding="utf-8"))
    return found


def filled(case: Case) -> Case:
    """The case with its tree and value as Python gives them now."""
    program = feel.compile(case["expr"], case["names"])
    context = read_json(json.dumps(case["context"]))
    now = read_date_time(case["now"]) if "now" in case else None
    value = json_text(program.evaluate(context, now))
    return {**case, "tree": program.to_json(), "value": value}


def main() -> None:
    for path in sorted(FOLDER.glob("*.json")):
        text = ",\n".join(json.dumps(filled(case), ensure_ascii=False) for case in cases(path))
        path.write_text(f"[\n{text}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
