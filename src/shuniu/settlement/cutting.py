"""How work over many inputs is cut: between buckets only, by the party that holds a component's role."""

from collections.abc import Collection, Iterable

from shuniu.core.settlement import AnyComponent, BucketKey, Input, PlanDocument, PreparedPlan
from shuniu.core.settlement.plan import Credit, Hierarchy, Split
from shuniu.foundation.hub import Ref
from shuniu.settlement.effects import Cut
from shuniu.settlement.groups import may_group
from shuniu.settlement.versions import Candidate, prepared_version

FILED = ""
"""The role of whom an input is filed under: what earns for several is cut by it."""


def home_role(document: PlanDocument, component: AnyComponent) -> str:
    """The role whose holders' parts settle this component; what stands after another goes with it."""
    while component.after is not None:
        component = document.component(component.after)
    return FILED if isinstance(component, Split | Credit | Hierarchy) else component.beneficiary


def roles_of(found: Iterable[Candidate], measure: str) -> set[str]:
    """The roles by which inputs of a measure are cut, over all versions that look at it."""
    roles = set()
    for each in found:
        document = prepared_version(each.id).document
        roles |= {home_role(document, one) for one in document.components if one.measure == measure}
    return roles


def cut_for(role: str, parties: Collection[Ref]) -> Cut:
    """Keep what belongs to the parts of these parties in this role.

    Where inputs of several beneficiaries are looked at together, an input goes with its own party and takes with
    it whatever it moves for the others; elsewhere the bucket decides, so that a correction to another party
    moves each in its own part.
    """
    texts = {str(party) for party in parties}

    def keeps(prepared: PreparedPlan, component: AnyComponent, key: BucketKey, one: Input) -> bool:
        if home_role(prepared.document, component) != role:
            return False
        if role == FILED or component.after is not None:
            return True
        return (one.parties.get(role) if may_group(prepared, component) else key.beneficiary) in texts

    return keeps
