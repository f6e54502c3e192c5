"""Pictures are decoded and written anew: bounded in size, turned upright, without metadata (place, device, time)."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from shuniu.foundation.files.contracts import ImageBroken

LONGEST_SIDE = 2048
PIXELS_MAX = 60_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


@dataclass(frozen=True, slots=True)
class CleanImage:
    """An image as we keep it."""

    data: bytes
    mime: str
    width: int
    height: int


def clean(raw: bytes, *, longest_side: int = LONGEST_SIDE) -> CleanImage:
    """Re-encode: JPEG, or PNG where there is transparency. Raises :class:`ImageBroken`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=_FORMATS) as opened:
                if opened.width * opened.height > PIXELS_MAX:
                    raise ImageBroken()
                opened.draft("RGB", (longest_side, longest_side))
                image: Image.Image = ImageOps.exif_transpose(opened)
                image.thumbnail((longest_side, longest_side))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
    ) as problem:
        raise ImageBroken() from problem
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    out = io.BytesIO()
    if transparent:
        image.convert("RGBA").save(out, "PNG", optimize=True)
    else:
        image.convert("RGB").save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return CleanImage(out.getvalue(), "image/png" if transparent else "image/jpeg", image.width, image.height)
