"""检查、试跑、导入、导出流程 / check, try, import, export flows: shuniu flow check|simulate|import|export"""

import argparse
import importlib
import pkgutil

from shuniu.app.commands import flow_verbs

NEEDS = {"environment"}


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for module in pkgutil.iter_modules(flow_verbs.__path__):
        verb = importlib.import_module(f"{flow_verbs.__name__}.{module.name}")
        verb.arguments(verbs)


def run(options: argparse.Namespace) -> int:
    code: int = options.act(options)
    return code
