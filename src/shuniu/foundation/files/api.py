"""Uploading and downloading."""

from typing import BinaryIO, cast
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from ninja import File as FileParam
from ninja import Form
from ninja.files import UploadedFile

from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.files import actions, images, queries, storage
from shuniu.foundation.files.contracts import StoredFile
from shuniu.foundation.http import Request, Routes

router = Routes(tag="files")

THUMB_SIDE = 320


@router.post("/files", permission=SIGNED_IN, response=StoredFile, idempotent=False)
def upload(request: Request, file: FileParam[UploadedFile], purpose: Form[str] = "") -> StoredFile:
    """Take one file in. It stays private to the uploader until it is attached to something."""
    return actions.store(
        stream=cast(BinaryIO, file.file),
        name=file.name or "",
        purpose=purpose[:60],
        by=request.actor,
        now=request.now,
    )


@router.get("/files/{file_id}", permission=SIGNED_IN)
def download(request: Request, file_id: int) -> HttpResponseBase:
    """The file, as an attachment."""
    stored, sha256 = queries.content_for(request.actor, file_id)
    return attachment(stored, sha256)


@router.get("/files/{file_id}/thumb", permission=SIGNED_IN)
def thumbnail(request: Request, file_id: int) -> HttpResponseBase:
    """A small picture of an image, for lists."""
    stored, sha256 = queries.content_for(request.actor, file_id)
    if not stored.mime.startswith("image/"):
        return attachment(stored, sha256)
    with storage.open_content(sha256) as content:
        small = images.clean(content.read(), longest_side=THUMB_SIDE)
    return _private(HttpResponse(small.data, content_type=small.mime))


def attachment(stored: StoredFile, sha256: str) -> HttpResponseBase:
    """Bytes that a browser saves rather than opens; images load in an ``img`` all the same."""
    response = FileResponse(storage.open_content(sha256), content_type=stored.mime)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
    return _private(response)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
