"""Why the engine refuses a command. Carried as values; whoever runs flows turns them into answers for people."""

from shuniu.core.flow.words import Words


class FlowRefused(Exception):
    """Base of all refusals; nothing has changed."""


class AlreadyStarted(FlowRefused):
    """A run starts once."""


class RunIsOver(FlowRefused):
    """The run has ended, was cancelled, or has not begun."""


class RunIsSuspended(FlowRefused):
    """Nothing moves until the run is resumed."""


class StepNotOpen(FlowRefused):
    """Someone else closed the step first."""


class NotAsked(FlowRefused):
    """The party holds no open work on the step."""


class NotYourTurn(FlowRefused):
    """Others answer first."""


class ClaimedByOther(FlowRefused):
    """Another has taken the step."""


class MustClaim(FlowRefused):
    """The step is taken before it is answered."""


class AskedAlready(FlowRefused):
    """The other party is asked on the step already."""


class NotAllowed(FlowRefused):
    """The node does not allow this command, or it is not for this kind of node."""


class UnknownOutcome(FlowRefused):
    """The node has no such way out, or it needs one to be named."""


class NobodyToAsk(FlowRefused):
    """An assignment without anybody."""


class NoWayOut(FlowRefused):
    """No edge leads on; the document's check would have said so."""


class NotOnPath(FlowRefused):
    """A return to a node the token has not passed."""


class ActedSince(FlowRefused):
    """Somebody has acted on the answer already; it cannot be withdrawn."""


class UrgedLately(FlowRefused):
    """Urged within the last ten minutes."""


class ReasonNeeded(FlowRefused):
    """A skip without a reason."""


class NoIncident(FlowRefused):
    """The step does not stand still."""


class NoSuchChild(FlowRefused):
    """The step has no such sub-flow open."""


class RuleBroken(FlowRefused):
    """An entry or exit rule does not hold; `text` is what the flow's author says then."""

    def __init__(self, node: str, text: Words) -> None:
        self.node = node
        self.text = text
        super().__init__(node)


class EndlessLoop(FlowRefused):
    """Automatic nodes lead back to themselves without ever waiting."""
