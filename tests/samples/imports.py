"""Imports."""

import io

from tests.factories.org import NOON, House

from shuniu.foundation.files import actions as files
from shuniu.foundation.imports import actions


def _import(house: House) -> int:
    chen = house.actor("chen")
    sheet = io.BytesIO("姓名,单元编码\n新人,WHGG\n".encode())
    stored = files.store(stream=sheet, name="员工.csv", purpose="import", by=chen, now=NOON)
    return actions.begin(importer="staff", file_id=stored.id, by=chen, now=NOON)


SAMPLES = {"/imports/{import_id}": _import}
