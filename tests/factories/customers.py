"""Customers, and people who may see some of them."""

from tests.factories.channels import NOON

from shuniu.customers import actions
from shuniu.customers.contracts import CustomerCard, Identity, Source
from shuniu.foundation.access import ActorKind, system
from shuniu.org.models import Staff, Unit
from shuniu.org.reach import StaffActor, Standing

HOUSE = system("test")


def agent(
    person: Staff, home: Unit, *, scope: str = "unit", permissions: tuple[str, ...] = ("customer.read",)
) -> StaffActor:
    """`person` with the permissions at `home`, without a role's row."""
    standing = Standing([(home.pk, home.path, dict.fromkeys(permissions, scope))])
    return StaffActor(
        kind=ActorKind.STAFF, name=person.name, user_id=person.pk, staff_id=person.pk, standing=standing
    )


def customer(
    unit: Unit,
    name: str = "王女士",
    *,
    phone: str = "",
    owner: Staff | None = None,
    identities: tuple[Identity, ...] = (),
    tags: tuple[str, ...] = (),
    city: str = "武汉",
) -> CustomerCard:
    return actions.create(
        name=name,
        unit_id=unit.pk,
        phone=phone,
        owner_id=owner.pk if owner is not None else None,
        identities=identities,
        tags=tags,
        city=city,
        source=Source.CONSOLE,
        by=HOUSE,
        now=NOON,
    )
