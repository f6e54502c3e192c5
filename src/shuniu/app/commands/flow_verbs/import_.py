"""``shuniu flow import FILE``: what somebody drew elsewhere as flow documents, and a report of every element."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from shuniu.core.flow.bpmn import BpmnError, Fate, Imported, Report, Row, from_bpmn

_FATES = {
    Fate.MAPPED: "已导入 / mapped",
    Fate.APPROXIMATED: "近似 / approximated",
    Fate.REFUSED: "未导入 / refused",
}


def arguments(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("import", help="导入 BPMN 2.0 / import BPMN 2.0")
    parser.add_argument("file", type=Path, metavar="FILE", help="BPMN 2.0 文件 / a BPMN 2.0 file")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="流程文档写到这里，默认与原文件同名 / where the flow document goes; else the file's name with .json",
    )
    parser.add_argument("--json", action="store_true", help="报告用 JSON / the report as JSON")
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    try:
        imported = from_bpmn(options.file.read_bytes())
    except (OSError, BpmnError) as wrong:
        print(wrong)
        return 1
    written = _write(imported, options.out or Path(options.file.with_suffix(".json").name))
    if options.json:
        print(json.dumps(_as_json(imported.report, written), ensure_ascii=False, indent=1))
    else:
        _print(imported.report, written)
    return 0 if written else 1


def _write(imported: Imported, out: Path) -> dict[str, Path]:
    """The first flow goes to `out`; any other beside it, with its key in the name."""
    written: dict[str, Path] = {}
    for number, flow in enumerate(imported.flows):
        path = out.with_name(f"{out.stem}-{flow.key}{out.suffix}") if number else out
        path.write_text(flow.document.model_dump_json(indent=2) + "\n", encoding="utf-8")
        written[flow.key] = path
    return written


def _print(report: Report, written: dict[str, Path]) -> None:
    for row in report.rows:
        print(_line(row))
    print("；".join(f"{said} {report.count(fate)}" for fate, said in _FATES.items()))
    if not written:
        print("文件里没有可导入的流程 / the file holds no process with nodes")
    for key, path in written.items():
        print(f"已写入流程 {key} / written the flow {key}: {path}")


def _line(row: Row) -> str:
    name = f"「{' '.join(row.name.split())}」" if row.name else ""
    became = f" → {row.node}" if row.node else ""
    parts = (
        f"（含 / with {'、'.join(f'{tag}×{count}' for tag, count in row.parts.items())}）"
        if row.parts
        else ""
    )
    left = f"（未读属性 / attributes not read: {', '.join(row.attributes)}）" if row.attributes else ""
    where = f"{row.element} {row.id or '-'}{name}"
    return f"[{_FATES[row.fate]}] {where}{became}: {row.text.zh} / {row.text.en}{parts}{left}"


def _as_json(report: Report, written: dict[str, Path]) -> dict[str, object]:
    rows = [{**asdict(row), "text": row.text.model_dump()} for row in report.rows]
    return {
        "flows": {key: str(path) for key, path in written.items()},
        "counts": {fate.value: report.count(fate) for fate in Fate},
        "rows": rows,
    }
