"""``shuniu flow check FILE``: what would make a run stop, and how to mend it."""

import argparse
from pathlib import Path

from shuniu.app.flow_files import FileFaulty, read
from shuniu.core.flow.check import Problem, check


def arguments(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("check", help="检查流程文档 / check a flow document")
    parser.add_argument("file", type=Path, metavar="FILE", help="流程文档 / a flow document (JSON)")
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    try:
        document = read(options.file)
    except FileFaulty as wrong:
        print(wrong)
        return 1
    problems = check(document)
    for problem in problems:
        print(_line(problem))
    if any(not problem.warning for problem in problems):
        return 1
    print("可以发布 / ready to publish")
    return 0


def _line(problem: Problem) -> str:
    kind = "提示 / warning" if problem.warning else "问题 / problem"
    return f"{kind} [{problem.code}] {problem.node or '-'}: {problem.text.zh} / {problem.text.en}"
