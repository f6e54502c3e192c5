"""Values of access: actors, permissions, scopes."""

from dataclasses import dataclass
from enum import StrEnum

from shuniu.foundation.text import Text


class ActorKind(StrEnum):
    """What kind of someone acts."""

    STAFF = "staff"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something. ``name`` is the display name, or the part of the house for system actors."""

    kind: ActorKind
    name: str
    user_id: int | None = None
    staff_id: int | None = None
    customer_id: int | None = None
    locale: str = "zh-CN"

    @property
    def key(self) -> str:
        """A stable text for logs and keys: ``staff:12``, ``user:3``, ``customer:7``, ``system:settlement``."""
        if self.kind is ActorKind.SYSTEM:
            return f"system:{self.name}"
        if self.kind is ActorKind.CUSTOMER:
            return f"customer:{self.customer_id}"
        return f"staff:{self.staff_id}" if self.staff_id is not None else f"user:{self.user_id}"

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM


def system(part: str) -> Actor:
    """The house itself acting through one of its parts; it may do everything."""
    return Actor(kind=ActorKind.SYSTEM, name=part)


def customer(customer_id: int, name: str = "") -> Actor:
    """A customer who came by a signed link; all rights come from that link."""
    return Actor(kind=ActorKind.CUSTOMER, name=name, customer_id=customer_id)


@dataclass(frozen=True, slots=True)
class Permission:
    """Something a role may allow. ``sensitive`` ones show personal data or move money."""

    code: str
    text: Text
    sensitive: bool = False


class Gate(StrEnum):
    """What a route may ask for instead of a permission."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


PUBLIC = Gate.PUBLIC
SIGNED_IN = Gate.SIGNED_IN


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a permission reaches: everything, sub-trees (path prefixes), single units, or one's own rows."""

    everything: bool = False
    subtree_paths: tuple[str, ...] = ()
    unit_ids: tuple[int, ...] = ()
    staff_id: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.everything or self.subtree_paths or self.unit_ids or self.staff_id is not None)
