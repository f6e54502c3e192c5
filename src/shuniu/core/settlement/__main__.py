"""`python -m shuniu.core.settlement --batch`: one JSON request a line on stdin, one JSON answer a line on stdout."""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from decimal import Decimal

from shuniu.core.settlement.door.answer import answer


def main() -> int:
    parser = argparse.ArgumentParser(prog="shuniu.core.settlement", description=__doc__)
    parser.add_argument(
        "--batch", action="store_true", required=True, help="read requests from stdin until it ends"
    )
    parser.parse_args()
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(json.dumps(answered(line), ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 0


def answered(line: str) -> dict[str, object]:
    try:
        request = json.loads(line, parse_float=Decimal)
    except ValueError:
        return {"error": "unreadable_request"}
    if not isinstance(request, dict):
        return {"error": "unreadable_request"}
    try:
        return answer(request)
    except Exception:  # noqa: BLE001 - one bad request must not end the others; what happened goes to stderr
        traceback.print_exc()
        return {"error": "internal"}


if __name__ == "__main__":
    sys.exit(main())
