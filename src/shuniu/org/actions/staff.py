"""People come, change and leave."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shuniu.foundation import privacy
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.identity import actions as identity
from shuniu.foundation.identity import queries as logins
from shuniu.foundation.identity.contracts import OneTimePassword
from shuniu.foundation.names import sort_key
from shuniu.org.actions.assignments import keep_an_administrator, require_no_higher
from shuniu.org.actions.indexing import index_staff
from shuniu.org.contracts import (
    NameMissing,
    NoLogin,
    NumberTaken,
    PhoneInvalid,
    StaffArchived,
    StaffCard,
    StaffUnknown,
    UnitArchived,
    UnitUnknown,
    WecomUserTaken,
)
from shuniu.org.models import Assignment, Staff, Unit
from shuniu.org.permissions import LOGIN_WRITE, STAFF_PHONE_READ, STAFF_WRITE
from shuniu.org.queries.staff import staff_card, staff_rows
from shuniu.org.queries.visible import require_unit

WECOM = "wecom"
_DIGITS = re.compile(r"\d{6,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChange:
    """What to change about somebody; None leaves a field as it is, an empty text empties it."""

    name: str | None = None
    number: str | None = None
    phone: str | None = None
    city: str | None = None
    skills: Sequence[str] | None = None
    unit_id: int | None = None
    wecom_userid: str | None = None


@transaction.atomic
def create_staff(
    *,
    name: str,
    unit_id: int,
    by: Actor,
    now: datetime,
    number: str = "",
    phone: str = "",
    city: str = "",
    skills: Sequence[str] = (),
    wecom_userid: str = "",
    username: str = "",
) -> StaffCard:
    """Somebody starts to work at a unit. With a WeCom account they get a login that it opens."""
    require_unit(actor=by, permission=STAFF_WRITE, unit_id=unit_id)
    row = Staff(created_at=now, home_unit_id=_open_unit(unit_id))
    for field, value in _columns(
        row,
        StaffChange(
            name=name, number=number, phone=phone, city=city, skills=skills, wecom_userid=wecom_userid
        ),
    ).items():
        setattr(row, field, value)
    row.save()
    if username or wecom_userid:
        _make_login(row, username or _username_of(wecom_userid, row.pk), by=by, now=now)
    _tell(row, "created", by=by, now=now, after={"name": row.name, "unit_id": unit_id})
    index_staff(ids=[row.pk])
    return staff_card([row.pk])[row.pk]


@transaction.atomic
def change_staff(*, staff_id: int, change: StaffChange, by: Actor, now: datetime) -> StaffCard:
    """Change somebody's data, or move them to another unit."""
    row = _writable(staff_id, by)
    wanted = _columns(row, change)
    if change.unit_id is not None and change.unit_id != row.home_unit_id:
        require_unit(actor=by, permission=STAFF_WRITE, unit_id=change.unit_id)
        wanted["home_unit_id"] = _open_unit(change.unit_id)
    changed = {field: value for field, value in wanted.items() if getattr(row, field) != value}
    if not changed:
        return staff_card([staff_id])[staff_id]
    before = _shown(row, changed)
    for field, value in changed.items():
        setattr(row, field, value)
    row.save(update_fields=list(changed))
    if "wecom_userid" in changed:
        require_no_higher(staff_id=staff_id, by=by, now=now)
        _link_wecom(row, by=by, now=now)
    _tell(row, "changed", by=by, now=now, before=before, after=_shown(row, changed))
    index_staff(ids=[staff_id])
    return staff_card([staff_id])[staff_id]


@transaction.atomic
def archive_staff(*, staff_id: int, by: Actor, now: datetime) -> None:
    """Somebody leaves: the login is blocked, what they held ends, their history stays."""
    row = _writable(staff_id, by)
    require_no_higher(staff_id=staff_id, by=by, now=now)
    keep_an_administrator(without=Q(staff_id=staff_id), now=now)
    row.archived_at = now
    row.save(update_fields=["archived_at"])
    Assignment.objects.filter(staff_id=staff_id, valid_to__isnull=True, valid_from__lte=now).update(
        valid_to=now
    )
    if row.user_id is not None:
        identity.set_active(user_id=row.user_id, active=False, by=by, now=now)
    _tell(row, "archived", by=by, now=now)
    index_staff(ids=[staff_id])


@transaction.atomic
def restore_staff(*, staff_id: int, by: Actor, now: datetime) -> StaffCard:
    """Somebody comes back; roles and positions are given anew."""
    row = _writable(staff_id, by, archived=True)
    _open_unit(row.home_unit_id)
    row.archived_at = None
    row.save(update_fields=["archived_at"])
    if row.user_id is not None:
        identity.set_active(user_id=row.user_id, active=True, by=by, now=now)
    _tell(row, "restored", by=by, now=now)
    index_staff(ids=[staff_id])
    return staff_card([staff_id])[staff_id]


@transaction.atomic
def give_login(*, staff_id: int, username: str, by: Actor, now: datetime) -> OneTimePassword:
    """A login with a one-time password for somebody who has none."""
    row = _writable(staff_id, by)
    require_unit(actor=by, permission=LOGIN_WRITE, unit_id=row.home_unit_id)
    require_no_higher(staff_id=staff_id, by=by, now=now)
    user_id = row.user_id if row.user_id is not None else _make_login(row, username, by=by, now=now)
    return identity.give_one_time_password(user_id=user_id, by=by, now=now)


@transaction.atomic
def reset_password(*, staff_id: int, by: Actor, now: datetime) -> OneTimePassword:
    """A new one-time password for somebody who cannot sign in."""
    row = _writable(staff_id, by)
    require_unit(actor=by, permission=LOGIN_WRITE, unit_id=row.home_unit_id)
    require_no_higher(staff_id=staff_id, by=by, now=now)
    if row.user_id is None:
        raise NoLogin()
    return identity.give_one_time_password(user_id=row.user_id, by=by, now=now)


@transaction.atomic
def reveal_phone(*, staff_id: int, by: Actor, now: datetime) -> str:
    """The phone number in clear, which is recorded; empty when there is none."""
    row = staff_rows(actor=by, ids=[staff_id]).first()
    if row is None:
        raise StaffUnknown()
    if row.pk != by.staff_id:
        require_unit(actor=by, permission=STAFF_PHONE_READ, unit_id=row.home_unit_id)
    audit.record(
        by=by,
        now=now,
        action="org.staff_phone_unmasked",
        subject=Ref("staff", staff_id),
        unit_id=row.home_unit_id,
        sensitive=True,
    )
    return privacy.decrypt(row.phone_cipher) if row.phone_cipher else ""


def phone_columns(*, phone: str) -> dict[str, Any]:
    """A phone number as it is stored: encrypted, hashed for look-ups, last four digits."""
    digits = privacy.normal_phone(phone)
    if not phone.strip():
        return {"phone_cipher": None, "phone_hash": None, "phone_last4": ""}
    if not _DIGITS.fullmatch(digits):
        raise PhoneInvalid(field="phone")
    return {
        "phone_cipher": privacy.encrypt(digits),
        "phone_hash": privacy.phone_hash(digits),
        "phone_last4": privacy.last4(digits),
    }


def _columns(row: Staff, change: StaffChange) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if change.name is not None:
        if not change.name.strip():
            raise NameMissing(field="name")
        columns |= {"name": change.name.strip(), "name_sort": sort_key(change.name.strip())}
    if change.number is not None:
        columns["number"] = _free(row, "number", change.number, NumberTaken)
    if change.wecom_userid is not None:
        columns["wecom_userid"] = _free(row, "wecom_userid", change.wecom_userid, WecomUserTaken)
    if change.phone is not None and not _same_phone(row, change.phone):
        columns |= phone_columns(phone=change.phone)
    if change.city is not None:
        columns["city"] = change.city.strip()
    if change.skills is not None:
        columns["skills"] = list(dict.fromkeys(skill.strip() for skill in change.skills if skill.strip()))
    return columns


def _same_phone(row: Staff, phone: str) -> bool:
    # Ciphers of the same number differ each time; only the hash tells whether it changed.
    return row.phone_hash is not None and bytes(row.phone_hash) == privacy.phone_hash(phone)


def _free(row: Staff, field: str, value: str, taken: type[NumberTaken | WecomUserTaken]) -> str | None:
    cleaned = value.strip() or None
    if cleaned is not None and Staff.objects.filter(**{field: cleaned}).exclude(pk=row.pk).exists():
        raise taken(field=field, value=cleaned)
    return cleaned


def _open_unit(unit_id: int) -> int:
    archived = Unit.objects.filter(pk=unit_id).values_list("archived_at", flat=True)
    if not archived:
        raise UnitUnknown(field="unit_id")
    if archived[0] is not None:
        raise UnitArchived(field="unit_id")
    return unit_id


def _writable(staff_id: int, by: Actor, *, archived: bool = False) -> Staff:
    row = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if row is None:
        raise StaffUnknown()
    require_unit(actor=by, permission=STAFF_WRITE, unit_id=row.home_unit_id)
    if row.archived_at is not None and not archived:
        raise StaffArchived()
    return row


def _make_login(row: Staff, username: str, *, by: Actor, now: datetime) -> int:
    user_id = identity.create_user(username=username, by=by, now=now).id
    row.user_id = user_id
    row.save(update_fields=["user"])
    _link_wecom(row, by=by, now=now)
    return user_id


def _link_wecom(row: Staff, *, by: Actor, now: datetime) -> None:
    if row.wecom_userid is None:
        if row.user_id is not None:
            identity.unlink_external(user_id=row.user_id, provider=WECOM, by=by, now=now)
        return
    if row.user_id is None:
        _make_login(row, _username_of(row.wecom_userid, row.pk), by=by, now=now)
        return
    identity.link_external(user_id=row.user_id, provider=WECOM, subject=row.wecom_userid, by=by, now=now)


def _username_of(wecom_userid: str, staff_id: int) -> str:
    """A free user name like the WeCom account; nobody has to type it."""
    name = re.sub(r"[^a-z0-9._-]", "-", wecom_userid.lower()).strip(".-_")[:40]
    free = len(name) > 1 and logins.find_username(name) is None
    return name if free else f"staff.{staff_id}"


def _shown(row: Staff, fields: dict[str, Any]) -> dict[str, Any]:
    """Values for the audit log, phone numbers by their last four digits."""
    return {
        field: getattr(row, field)
        for field in fields
        if field not in ("phone_cipher", "phone_hash", "name_sort")
    }


def _tell(
    row: Staff,
    verb: str,
    *,
    by: Actor,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    subject, unit_id = Ref("staff", row.pk), row.home_unit_id
    audit.record(
        by=by,
        now=now,
        action=f"org.staff_{verb}",
        subject=subject,
        unit_id=unit_id,
        before=before,
        after=after,
    )
    publish(
        name=f"staff.{verb}", subject=subject, unit_id=unit_id, by=by, now=now, data={"staff_ids": [row.pk]}
    )
