"""The engine's refusals in words for people."""

from collections.abc import Callable, Mapping

from shuniu.core.flow import errors as engine
from shuniu.flows import contracts as c

_PLAIN: Mapping[type[engine.FlowRefused], Callable[[], Exception]] = {
    engine.StepNotOpen: c.WorkTaken,
    engine.NotAsked: c.WorkTaken,
    engine.RunIsOver: c.RunOver,
    engine.RunIsSuspended: c.RunSuspended,
    engine.NotYourTurn: c.NotYourTurn,
    engine.ClaimedByOther: c.ClaimedByOther,
    engine.MustClaim: c.ClaimFirst,
    engine.AskedAlready: c.AskedAlready,
    engine.NotAllowed: c.ActNotAllowed,
    engine.NoSuchChild: c.ActNotAllowed,
    engine.ActedSince: c.ActedSince,
    engine.UrgedLately: c.UrgedLately,
    engine.NoIncident: c.NoIncident,
    engine.UnknownOutcome: lambda: c.OutcomeUnknown(field="outcome"),
    engine.NobodyToAsk: lambda: c.NobodyGiven(field="staff_ids"),
    engine.NotOnPath: lambda: c.NotOnPath(field="to"),
    engine.ReasonNeeded: lambda: c.ReasonMissing(field="reason"),
}


def refused(refusal: engine.FlowRefused) -> Exception:
    """What whoever gave the command is told."""
    if isinstance(refusal, engine.RuleBroken):
        return c.RuleNotMet(zh=refusal.text.zh, en=refusal.text.en)
    if isinstance(refusal, engine.NoWayOut):
        return c.FlowStuck(node=refusal.args[0])
    told = _PLAIN.get(type(refusal))
    return told() if told is not None else refusal
