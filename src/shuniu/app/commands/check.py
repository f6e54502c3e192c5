"""配置自检：说明配置有什么问题 / explain what is wrong with the configuration"""

import argparse
import os
from collections.abc import Iterator

import psycopg

from shuniu.app.diagnosis import surroundings
from shuniu.app.diagnosis.database import database
from shuniu.app.diagnosis.findings import Finding, Level, problem
from shuniu.app.installation import Installation
from shuniu.foundation.clock import now
from shuniu.foundation.database.errors import DatabaseError

NEEDS = {"environment"}


def run(_options: argparse.Namespace) -> int:
    levels = set()
    for finding in _findings():
        print(finding, flush=True)
        levels.add(finding.level)
    return 1 if Level.PROBLEM in levels else 0


def _findings() -> Iterator[Finding]:
    installation = Installation.of(os.environ)
    try:
        installation.furnish(os.environ)
    except DatabaseError as error:
        yield problem(error.zh, error.en)
        return
    usable, said = surroundings.variables()
    yield from said
    yield from surroundings.folders(installation)
    yield from surroundings.pages()
    if usable is None:
        return
    try:
        with installation.database(os.environ):
            yield from database(usable.database_url, now())
    except DatabaseError as error:
        yield problem(error.zh, error.en)
    except psycopg.Error as error:
        yield problem(f"数据库出错：{error}", f"The database failed: {error}")
