"""从归档恢复到空的数据库与目录 / restore an archive into an empty database and folder"""

import argparse
import os
from pathlib import Path

from shuniu.app.archive import reading
from shuniu.app.installation import SECRETS

NEEDS = {"database"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="归档文件 / the archive to read")


def run(options: argparse.Namespace) -> int:
    data = Path(os.environ["SHUNIU_DATA"])
    manifest = reading.restore(
        source=options.file.absolute(), data=data, environ=os.environ, own_keys=(data / SECRETS).exists()
    )
    print(f"已恢复 / Restored: {manifest.made_at}, {manifest.files} 个文件 / files → {data}")
    return 0
