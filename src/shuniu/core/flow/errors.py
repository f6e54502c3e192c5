"""Why the engine refuses a command. Carried as values; whoever runs flows turns them into answers for people."""


class FlowRefused(Exception):
    """Base of all refusals; nothing has changed."""


class AlreadyStarted(FlowRefused):
    """A run starts once."""


class RunIsOver(FlowRefused):
    """The run has ended, was cancelled, or has not begun."""


class StepNotOpen(FlowRefused):
    """Someone else closed the step first."""


class NotAsked(FlowRefused):
    """The party holds no open work on the step."""


class UnknownOutcome(FlowRefused):
    """The node has no such way out, or it needs one to be named."""


class NobodyToAsk(FlowRefused):
    """An assignment without anybody."""


class NoWayOut(FlowRefused):
    """No edge leads on; the document's check would have said so."""


class EndlessLoop(FlowRefused):
    """Automatic nodes lead back to themselves without ever waiting."""
