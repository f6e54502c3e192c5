"""Files."""

import io

from PIL import Image
from tests.factories.org import NOON, House

from shuniu.foundation.files import actions


def _picture(house: House) -> int:
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    content.seek(0)
    return actions.store(
        stream=content, name="现场.png", purpose="sample", by=house.actor("zhang"), now=NOON
    ).id


SAMPLES = {"/files/{file_id}": _picture}
