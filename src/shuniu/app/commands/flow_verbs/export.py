"""``shuniu flow export KEY_OR_FILE --bpmn``: a published flow, or a document's file, for other tools."""

import argparse
import importlib
import os
from pathlib import Path

import django

from shuniu.app.flow_files import FileFaulty, read
from shuniu.app.installation import Installation
from shuniu.core.flow.bpmn import BpmnError, to_bpmn
from shuniu.core.flow.document import FlowDocument


def arguments(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("export", help="导出为 BPMN 2.0 / export as BPMN 2.0")
    parser.add_argument(
        "flow", metavar="KEY_OR_FILE", help="已发布流程的编号，或流程文档 / a published flow's key, or a file"
    )
    parser.add_argument(
        "--bpmn", action="store_true", required=True, help="BPMN 2.0，含图 / with its diagram"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="写到文件，否则打印 / a file; else printed")
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    path = Path(options.flow)
    try:
        document = read(path) if path.is_file() else _published(options.flow)
        written = to_bpmn(document, key=path.stem if path.is_file() else options.flow)
    except (FileFaulty, BpmnError) as wrong:
        print(wrong)
        return 1
    if options.out is None:
        print(written, end="")
    else:
        options.out.write_text(written, encoding="utf-8")
        print(f"已写入 / written: {options.out}")
    return 0


def _published(key: str) -> FlowDocument:
    """The version in use, from the database. Its models can be imported only once Django is set up."""
    installation = Installation.of(os.environ)
    installation.furnish(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.app.settings")
    django.setup()
    queries = importlib.import_module("shuniu.flows.queries")
    with installation.database(os.environ):
        found: FlowDocument = queries.document(queries.current_version(key).id)
    return found
