"""备份数据库与文件到一个归档 / write the database and the files to one archive"""

import argparse
import os
from pathlib import Path

from shuniu.app.archive import writing
from shuniu.foundation.clock import now

NEEDS = {"database"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="归档文件 / the archive to write")


def run(options: argparse.Namespace) -> int:
    target: Path = options.file.absolute()
    data = Path(os.environ["SHUNIU_DATA"])
    manifest = writing.write(target=target, data=data, environ=os.environ, now=now())
    size = target.stat().st_size / 2**20
    print(f"已备份 / Backed up: {target}  ({size:.1f} MiB, {manifest.files} 个文件 / files)")
    return 0
