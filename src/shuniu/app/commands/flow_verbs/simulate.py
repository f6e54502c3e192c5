"""``shuniu flow simulate FILE``: play a document through in memory, on a clock of its own."""

import argparse
import json
import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shuniu.app.flow_files import FileFaulty, read
from shuniu.core.calendar import Hours, WorkingCalendar, parse_hours
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.errors import FlowRefused
from shuniu.core.flow.simulate import Played, Script, simulate

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = "2026-01-05T09:00:00+08:00"


def arguments(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("simulate", help="试跑流程文档 / play a flow document through")
    parser.add_argument("file", type=Path, metavar="FILE", help="流程文档 / a flow document (JSON)")
    parser.add_argument(
        "--answers",
        metavar="JSON",
        help="回答与事实，JSON 或文件 / answers by node and facts, as JSON or a file of it",
    )
    parser.add_argument("--cases", type=int, metavar="N", help="随机试跑 N 次 / play N random cases")
    parser.add_argument("--seed", type=int, default=1, help="随机种子 / seed of the random cases")
    parser.add_argument("--trace", action="store_true", help="逐节点输出 / one JSON line per visited node")
    parser.add_argument(
        "--now", default=MONDAY, metavar="ISO", help="试跑时钟的起点 / where the trial's clock begins"
    )
    parser.add_argument(
        "--flow",
        action="append",
        default=[],
        metavar="KEY=FILE",
        help="子流程的文档 / the document of a sub-flow",
    )
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    try:
        document = read(options.file)
        flows = {key: read(Path(file)) for key, _, file in (one.partition("=") for one in options.flow)}
        script = Script.of(document, _answers(options.answers))
    except (FileFaulty, ValueError, OSError) as wrong:
        print(wrong)
        return 1
    if options.cases:
        return _cases(document, script, options, flows)
    try:
        played = _play(document, script, options, flows)
    except FlowRefused as refused:
        print(json.dumps({"status": "refused", "why": type(refused).__name__}, ensure_ascii=False))
        return 1
    if options.trace:
        for line in played.lines():
            print(json.dumps(line, ensure_ascii=False))
    print(json.dumps(played.end(), ensure_ascii=False))
    return 0 if played.stuck is None else 1


def _play(
    document: FlowDocument,
    script: Script,
    options: argparse.Namespace,
    flows: dict[str, FlowDocument],
    case: int = 0,
) -> Played:
    at = datetime.fromisoformat(options.now)
    at = at if at.tzinfo else at.replace(tzinfo=ZONE)
    chance = random.Random(f"{options.seed}:{case}")  # noqa: S311 - trials want the same cases again
    choose = chance.randrange if case else lambda _: 0
    return simulate(document, script, now=at, calendar=office_hours(), choose=choose, flows=flows)


def _cases(
    document: FlowDocument, script: Script, options: argparse.Namespace, flows: dict[str, FlowDocument]
) -> int:
    """Random cases: how they ended, and which nodes none of them came to."""
    ends: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    for case in range(1, options.cases + 1):
        try:
            played = _play(document, script, options, flows, case)
        except FlowRefused as refused:
            ends[type(refused).__name__] += 1
            continue
        ends[played.stuck or played.run.state.result or played.run.state.status.value] += 1
        visits.update({stay.node for stay in played.run.stays.values()})
        if options.trace:
            print(
                json.dumps(
                    {"case": case, "nodes": [line["node"] for line in played.lines()]}, ensure_ascii=False
                )
            )
    never = [node.id for node in document.nodes if not visits[node.id]]
    print(
        json.dumps(
            {"cases": options.cases, "ends": dict(ends), "visits": dict(visits), "never": never},
            ensure_ascii=False,
        )
    )
    return 0


def _answers(given: str | None) -> dict[str, Any]:
    if given is None:
        return {}
    text = given if given.lstrip().startswith("{") else Path(given).read_text(encoding="utf-8")
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("answers are a JSON object")
    return found


def office_hours() -> WorkingCalendar:
    """Monday to Friday, nine to twelve and one to six."""
    day, closed = parse_hours([["09:00", "12:00"], ["13:00", "18:00"]]), Hours()
    return WorkingCalendar(zone=ZONE, week=(day, day, day, day, day, closed, closed))
