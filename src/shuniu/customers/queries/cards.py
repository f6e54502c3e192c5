"""Cards: what references to customers show."""

from collections.abc import Iterable

from shuniu.customers.contracts import CustomerCard, CustomerNotFound, Identity, IdentityKind, Stage
from shuniu.customers.identity import stored_value
from shuniu.customers.models import Customer, CustomerIdentity
from shuniu.customers.phones import masked
from shuniu.foundation import privacy
from shuniu.foundation.database.prepared import prepared_cursor

CARDS = """
select id, name, phone_cipher, address, city, unit_id, tags, stage from customer where id = any(%s::bigint[])
"""


def card_of(customer: Customer) -> CustomerCard:
    """The card of a row already read."""
    return CustomerCard(
        id=customer.pk,
        name=customer.name,
        phone_masked=masked(customer.phone_cipher),
        address=customer.address,
        city=customer.city,
        unit_id=customer.unit_id,
        tags=tuple(customer.tags),
        stage=Stage(customer.stage),
    )


def cards(ids: Iterable[int]) -> dict[int, CustomerCard]:
    """Cards by id, unknown ids left out. Unscoped: who holds a reference has been let in by its owner."""
    with prepared_cursor() as cursor:
        cursor.execute(CARDS, (list(set(ids)),))
        rows = cursor.fetchall()
    return {
        customer_id: CustomerCard(
            id=customer_id,
            name=name,
            phone_masked=masked(cipher),
            address=address,
            city=city,
            unit_id=unit_id,
            tags=tuple(tags),
            stage=Stage(stage),
        )
        for customer_id, name, cipher, address, city, unit_id, tags, stage in rows
    }


def card(customer_id: int) -> CustomerCard:
    """One card; CustomerNotFound when there is none."""
    found = cards([customer_id])
    if customer_id not in found:
        raise CustomerNotFound
    return found[customer_id]


def find_by_identity(identity: Identity) -> CustomerCard | None:
    """Whose account this is; a merged customer answers as who they became."""
    row = (
        CustomerIdentity.objects.select_related("customer__merged_into")
        .filter(kind=identity.kind, value=stored_value(identity))
        .first()
    )
    if row is None:
        return None
    return card_of(row.customer.merged_into or row.customer)


def ids_by_phone(phones: Iterable[str]) -> dict[str, int]:
    """Whose number each is, numbers of nobody left out; one query. Unscoped, for imports that refuse or join by it."""
    kept = {privacy.phone_hash(phone).hex(): phone for phone in phones}
    rows = CustomerIdentity.objects.filter(kind=IdentityKind.PHONE, value__in=kept)
    return {kept[value]: customer_id for value, customer_id in rows.values_list("value", "customer_id")}
