import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from shuniu.foundation.access import Actor, ActorKind, system
from shuniu.foundation.errors import NotFound
from shuniu.foundation.files import actions, queries, storage
from shuniu.foundation.files.contracts import FileEmpty, FileTooLarge, FileTypeRefused, ImageBroken
from shuniu.foundation.files.models import File
from shuniu.foundation.hub import Ref

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORKER = Actor(kind=ActorKind.STAFF, name="张师傅", user_id=1, staff_id=1)
OTHER = Actor(kind=ActorKind.STAFF, name="小李", user_id=2, staff_id=2)


def picture(size: tuple[int, int] = (3000, 1500), form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#3366aa").save(out, form, **options)
    return out.getvalue()


def store(data: bytes, name: str = "照片.jpg") -> object:
    return actions.store(stream=io.BytesIO(data), name=name, purpose="photo", by=WORKER, now=NOW)


def test_a_photo_is_bounded_turned_upright_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by 90 degrees
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[1] = "N"

    stored = store(picture(exif=exif))

    assert (stored.mime, stored.width, stored.height) == ("image/jpeg", 1024, 2048)
    _, sha256 = queries.content_for(WORKER, stored.id)
    with storage.open_content(sha256) as content, Image.open(content) as kept:
        assert dict(kept.getexif()) == {}
    assert stored.size < 1_000_000


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf  <!DOCTYPE html><html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg/>",
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00",
        b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 56,
        b"PK\x03\x04not really a zip",
    ],
)
def test_what_a_browser_or_a_machine_would_run_is_refused_whatever_its_name(data: bytes) -> None:
    with pytest.raises(FileTypeRefused):
        store(data, "photo.jpg")
    assert File.objects.count() == 0


def test_a_name_that_lies_gets_the_ending_of_what_is_inside() -> None:
    stored = store(picture(form="PNG"), "../../etc/合同.pdf")

    assert stored.name == "合同.jpg"


def test_a_broken_picture_and_an_empty_file_are_refused() -> None:
    with pytest.raises(ImageBroken):
        store(picture()[:200])
    with pytest.raises(FileEmpty):
        store(b"")


def test_too_many_bytes_are_refused_and_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(storage.folder().rglob("*")) if storage.folder().exists() else set()

    with pytest.raises(FileTooLarge) as refused:
        store(b"%PDF-1.7\n" + b"0" * 20_000_001, "big.pdf")

    assert refused.value.data == {"megabytes": 20}
    assert {path for path in storage.folder().rglob("*") if path.is_file()} <= before


def test_a_file_is_its_uploaders_until_it_belongs_to_something() -> None:
    stored = store(picture())

    assert queries.content_for(WORKER, stored.id)[0] == stored
    with pytest.raises(NotFound):
        queries.content_for(OTHER, stored.id)


def test_only_ones_own_loose_files_can_be_attached() -> None:
    stored = store(picture())
    subject = Ref("probe", 7)

    with pytest.raises(actions.NotYours):
        actions.attach(ids=[stored.id], subject=subject, by=OTHER, now=NOW)
    actions.attach(ids=[stored.id], subject=subject, by=WORKER, now=NOW)
    actions.attach(ids=[stored.id], subject=subject, by=WORKER, now=NOW)
    with pytest.raises(actions.NotYours):
        actions.attach(ids=[stored.id], subject=Ref("probe", 8), by=WORKER, now=NOW)

    assert [file.id for file in queries.of_subject(subject)] == [stored.id]
    assert queries.content_for(system("tests"), stored.id)[0].id == stored.id


def test_the_same_content_is_kept_once() -> None:
    first, second = store(picture()), store(picture())

    assert queries.content_for(WORKER, first.id)[1] == queries.content_for(WORKER, second.id)[1]
    assert first.id != second.id
