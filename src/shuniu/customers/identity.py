"""How an outside account is kept: platform ids as they are, phones as their keyed hash."""

from shuniu.customers.contracts import Identity, IdentityKind
from shuniu.customers.phones import clean_phone
from shuniu.foundation import privacy


def stored_value(identity: Identity) -> str:
    """The text in `customer_identity.value`; equal accounts give equal texts."""
    if identity.kind is IdentityKind.PHONE:
        return privacy.phone_hash(clean_phone(identity.value)).hex()
    return identity.value.strip()
