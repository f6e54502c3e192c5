"""Whoever turns up on a channel is known here, through the hub and by name only."""

from datetime import timedelta

from tests.factories.channels import NOON, WANG, Enterprise
from tests.factories.customers import customer

from shuniu.channels.models import ChannelContact
from shuniu.customers import queries
from shuniu.customers.contracts import Identity, IdentityKind
from shuniu.customers.hub import SUBSCRIBERS
from shuniu.foundation.hub import Event, Ref

EXTERNAL = Identity(kind=IdentityKind.WECOM_EXTERNAL_USERID, value=WANG)


def happened(contact: ChannelContact, name: str, *, number: int = 1) -> Event:
    return Event(
        id=number,
        at=NOON + timedelta(seconds=number),
        name=name,
        subject=Ref("channel_contact", contact.pk),
        unit_id=contact.unit_id,
        customer_id=None,
        by="system:channels",
        data={},
        position=number,
    )


def contact_of(enterprise: Enterprise, *, origin: str = "added", unionid: str = "") -> ChannelContact:
    return ChannelContact.objects.create(
        account=enterprise.account,
        external_userid=WANG,
        unionid=unionid,
        name="王女士",
        origin=origin,
        unit=enterprise.store,
        staff=enterprise.xiaoli if origin == "added" else None,
        first_seen_at=NOON,
    )


def test_an_unknown_writer_becomes_a_lead_with_their_account(enterprise: Enterprise) -> None:
    contact = contact_of(enterprise, origin="service", unionid="un1")
    [subscriber] = SUBSCRIBERS

    for _ in range(2):
        subscriber.handle(
            [
                happened(contact, "channel.message_received", number=1),
                happened(contact, "channel.message_received", number=2),
            ]
        )

    found = queries.find_by_identity(EXTERNAL)
    assert found is not None
    assert (found.name, found.stage, found.unit_id) == ("王女士", "lead", enterprise.store.pk)
    assert queries.find_by_identity(Identity(kind=IdentityKind.UNIONID, value="un1")) == found


def test_a_known_customer_is_recognised_by_unionid(enterprise: Enterprise) -> None:
    known = customer(enterprise.store, identities=(Identity(kind=IdentityKind.UNIONID, value="un1"),))
    [subscriber] = SUBSCRIBERS

    subscriber.handle([happened(contact_of(enterprise, unionid="un1"), "channel.contact_added")])

    assert queries.find_by_identity(EXTERNAL) == known


def test_a_contact_that_is_gone_is_passed_over(enterprise: Enterprise) -> None:
    contact = contact_of(enterprise)
    event = happened(contact, "channel.contact_added")
    contact.delete()
    [subscriber] = SUBSCRIBERS

    subscriber.handle([event])

    assert queries.find_by_identity(EXTERNAL) is None
