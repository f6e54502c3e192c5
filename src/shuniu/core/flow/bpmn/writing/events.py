"""Event definitions: times, dates, messages and signals."""

from shuniu.core.flow.bpmn.names import clean
from shuniu.core.flow.bpmn.writing.build import bpmn, expression
from shuniu.core.flow.bpmn.writing.figures import Drawing
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.limits import Unit
from shuniu.core.flow.nodes import StartTrigger
from shuniu.core.flow.waits import ForDate, ForTime, WaitFor

_UNITS = {Unit.MINUTES: "PT{}M", Unit.HOURS: "PT{}H", Unit.DAYS: "P{}D"}


def duration(amount: int, unit: Unit) -> str:
    """ISO 8601. That working time is meant stands in our own details: BPMN has no word for it."""
    return _UNITS[unit].format(amount)


def timer(amount: int, unit: Unit) -> Element:
    return bpmn("timerEventDefinition", expression("timeDuration", duration(amount, unit)))


def wait_definition(wait: WaitFor, drawing: Drawing) -> Element:
    """What a catch event waits for."""
    if isinstance(wait, ForTime):
        return timer(wait.amount, wait.unit)
    if isinstance(wait, ForDate):
        return bpmn("timerEventDefinition", expression("timeDate", wait.date))
    return bpmn("messageEventDefinition", messageRef=_root(drawing, "message", wait.event))


def trigger_definition(trigger: StartTrigger, drawing: Drawing) -> Element:
    """What starts a run: an event is a signal to everybody, a form is a message, a schedule a timer."""
    if trigger.on == "event":
        return bpmn("signalEventDefinition", signalRef=_root(drawing, "signal", trigger.event or ""))
    if trigger.on == "form":
        return bpmn("messageEventDefinition", messageRef=_root(drawing, "message", trigger.form or ""))
    return bpmn("timerEventDefinition", expression("timeCycle", trigger.schedule or ""))


def _root(drawing: Drawing, tag: str, name: str) -> str:
    """The id of the message or signal with this name, which is written once."""
    known = drawing.roots.get((tag, name))
    if known is None:
        known = bpmn(tag, id=f"{tag.capitalize()}_{len(drawing.roots) + 1}", name=clean(name))
        drawing.roots[tag, name] = known
    return str(known.id)
