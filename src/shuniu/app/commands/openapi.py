"""输出接口文档 / print the API's OpenAPI document, as it is committed in spec/openapi.json"""

import argparse
import json
import sys
from pathlib import Path

from shuniu.app.api import api
from shuniu.app.schema_names import collisions

NEEDS = {"models"}
COMMITTED = Path("spec/openapi.json")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help=f"写入 / write {COMMITTED}")


def run(options: argparse.Namespace) -> int:
    twice = collisions(api)
    if twice:
        print(f"同名的接口结构 / different schemas share a name: {', '.join(twice)}", file=sys.stderr)
        return 1
    document = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2, sort_keys=True, default=str)
    if options.write:
        COMMITTED.parent.mkdir(exist_ok=True)
        COMMITTED.write_text(f"{document}\n", encoding="utf-8")
    else:
        print(document)
    return 0
