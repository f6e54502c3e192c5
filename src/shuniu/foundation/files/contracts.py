"""What others see of a file, and what can be wrong with one."""

from dataclasses import dataclass
from datetime import datetime

from shuniu.foundation.errors import Invalid


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; ``size`` in bytes, ``width`` and ``height`` in pixels for images. ``url`` serves it to whoever may see it."""

    id: int
    name: str
    mime: str
    size: int
    width: int | None
    height: int | None
    url: str
    created_at: datetime


class FileTooLarge(Invalid):
    """More bytes than the installation allows."""

    code = "files.too_large"
    status = 413
    zh = "文件超过 {megabytes} MB，请压缩后再上传"
    en = "The file is larger than {megabytes} MB; please make it smaller."


class FileTypeRefused(Invalid):
    """The content is of a type that is not accepted, whatever its name says."""

    code = "files.type_refused"
    zh = "不支持这种文件（{found}）"
    en = "This type of file is not accepted ({found})."


class ImageBroken(Invalid):
    """The picture cannot be read, or unpacks to far too many pixels."""

    code = "files.image_broken"
    zh = "图片无法读取，请重新拍摄或另选一张"
    en = "The picture cannot be read; please take or choose another."


class FileEmpty(Invalid):
    """No bytes came."""

    code = "files.empty"
    zh = "文件是空的"
    en = "The file is empty."
