"""Ask 找到处理人: the people a rule found, or that it found nobody."""

from shuniu.core.flow.commands import Ask
from shuniu.core.flow.document import ApprovalNode, TaskNode
from shuniu.core.flow.effects import PeopleWanted, StepEnd
from shuniu.core.flow.kinds import deciding, seats
from shuniu.core.flow.people import ByRole, Nobody, SamePerson
from shuniu.core.flow.state import OpenStep, Party
from shuniu.core.flow.walk import Walk

ADMINISTRATOR = ByRole(role="admin")


def apply(walk: Walk, command: Ask) -> None:
    here = walk.step(command.visit)
    seats.asking(walk, here)
    parties = tuple(dict.fromkeys(Party.of(key) for key in command.parties))
    nobody, same = seats.policies(walk, here)
    if not parties:
        _nobody(walk, here, nobody)
        return
    again = here.after is not None and parties == (here.after.party,)
    if again and same is SamePerson.SKIP and _passes(walk, here):
        return
    deputies = {Party.of(asked): Party.of(deputy) for asked, deputy in command.deputies.items()}
    seats.seat(walk, walk.clear(here), parties, deputies)


def _nobody(walk: Walk, here: OpenStep, nobody: Nobody) -> None:
    if nobody is Nobody.GO_ON and _passes(walk, here):
        return
    asked = here.incident is not None and here.incident.code == "administrator"
    if nobody is Nobody.ADMINISTRATOR and not asked and not here.works:
        # An incident until the administrators are found: a second empty answer leaves it standing.
        walk.stop(
            here,
            "administrator",
            "没有找到处理人，已转给管理员",
            "Nobody was found; the administrators are asked.",
        )
        walk.effects.append(PeopleWanted(here.visit, ADMINISTRATOR))
        return
    if not here.works:
        walk.stop(walk.clear(here), "nobody", "没有找到处理人", "Nobody was found to ask.")


def _passes(walk: Walk, here: OpenStep) -> bool:
    """Go on without asking, where that needs no choice and no form."""
    node = walk.node(here)
    here = walk.clear(here)
    if isinstance(node, ApprovalNode):
        deciding.level_passed(walk, here, node, None, {})
        return True
    offered = [o.key for o in node.outcomes if not o.automatic] if isinstance(node, TaskNode) else []
    if len(offered) == 1 and here.form is None:
        walk.close(here, outcome=offered[0], end=StepEnd.SKIPPED)
        return True
    return False
