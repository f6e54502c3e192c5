"""Taking files in and tying them to what they belong to."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import Invalid
from shuniu.foundation.files import images, sniffing, storage
from shuniu.foundation.files.contracts import FileEmpty, FileTooLarge, StoredFile
from shuniu.foundation.files.models import File
from shuniu.foundation.files.queries import to_contract
from shuniu.foundation.hub.contracts import Ref

_CHUNK = 64 * 1024
_HEAD = 4096


class NotYours(Invalid):
    """A file that someone else uploaded, or that already belongs elsewhere."""

    code = "files.not_yours"
    zh = "有文件不存在或不属于您，请重新上传"
    en = "A file does not exist or is not yours; please upload it again."


@transaction.atomic
def store(*, stream: BinaryIO, name: str, purpose: str, by: Actor, now: datetime) -> StoredFile:
    """Take one upload in: sniffed, bounded, images cleaned. Raises the errors of ``contracts``."""
    head = stream.read(_HEAD)
    if not head:
        raise FileEmpty(field="file")
    stream.seek(0)
    mime = sniffing.sniff(head, stream)
    stream.seek(0)
    width = height = None
    if mime in sniffing.IMAGES:
        image = images.clean(b"".join(_bounded(stream)))
        mime, width, height = image.mime, image.width, image.height
        sha256, size = storage.keep([image.data])
    else:
        sha256, size = storage.keep(_bounded(stream))
    row = File.objects.create(
        sha256=sha256,
        name=_safe_name(name, mime),
        mime=mime,
        size=size,
        width=width,
        height=height,
        purpose=purpose,
        created_by=by.key,
        created_at=now,
    )
    return to_contract(row)


@transaction.atomic
def attach(*, ids: Sequence[int], subject: Ref, by: Actor, now: datetime) -> None:
    """Tie uploads of ``by`` to a subject; attaching again to the same one changes nothing. Raises :class:`NotYours`."""
    wanted = set(ids)
    rows = list(File.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    mine = [
        row
        for row in rows
        if (row.subject_kind, row.subject_id) == (subject.kind, subject.id)
        or (row.subject_id is None and (row.created_by == by.key or by.is_system))
    ]
    if len(mine) != len(wanted):
        raise NotYours()
    File.objects.filter(pk__in=wanted).update(subject_kind=subject.kind, subject_id=subject.id)


def _bounded(stream: BinaryIO) -> Iterator[bytes]:
    allowed, seen = settings.SHUNIU.upload_bytes_max, 0
    while chunk := stream.read(_CHUNK):
        seen += len(chunk)
        if seen > allowed:
            raise FileTooLarge(field="file", megabytes=allowed // 1_000_000)
        yield chunk


def _safe_name(name: str, mime: str) -> str:
    """The last part of the given name, printable, with an ending that tells the truth."""
    plain = "".join(ch for ch in PurePath(name.replace("\\", "/")).name if ch.isprintable())[:120] or "file"
    ending = {"image/jpeg": "jpg", "image/png": "png", **sniffing.DOCUMENTS}[mime]
    stem = PurePath(plain).stem or "file"
    return f"{stem}.{ending}"
