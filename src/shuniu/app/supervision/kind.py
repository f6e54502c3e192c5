"""A data folder is for the demo company or for real work, and stays so."""

from pathlib import Path

from shuniu.foundation.database.errors import DatabaseError

KIND = "kind"
DEMO, PRODUCTION = "demo", "production"


class KindMixed(DatabaseError):
    """The folder holds the other kind of data."""


def keep_kind(data: Path, *, demo: bool) -> None:
    """Remember what the folder is for at the first start; raises KindMixed when a later start says otherwise."""
    note, wanted = data / KIND, DEMO if demo else PRODUCTION
    if not note.exists():
        note.write_text(wanted, encoding="utf-8")
    elif note.read_text(encoding="utf-8").strip() != wanted:
        raise KindMixed(
            zh=f"{data} 里是{'正式' if demo else '演示'}数据，不能以{'演示' if demo else '正式'}方式启动。请换一个目录：--data 目录",
            en=f"{data} holds {'real' if demo else 'demo'} data and is not started {'with' if demo else 'without'} "
            "--demo. Name another folder: --data FOLDER",
        )
