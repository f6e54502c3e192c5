"""Activities → tasks, actions, notices, waits, sub-flows."""

from collections.abc import Callable
from typing import Any

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.definitions import wait_for
from shuniu.core.flow.bpmn.reading.draft import name_of
from shuniu.core.flow.bpmn.reading.forms import form_of
from shuniu.core.flow.bpmn.reading.people import STARTER, people_of
from shuniu.core.flow.bpmn.reading.pieces import Piece, Scope
from shuniu.core.flow.bpmn.reading.source import standard
from shuniu.core.flow.bpmn.xmltree import Element

EFFECTS = {"serviceTask": "bpmn.service", "scriptTask": "bpmn.script", "businessRuleTask": "bpmn.rule"}
"""Names no effect of the hub has: whoever takes the flow over chooses one."""
_TELLING = ("implementation", "scriptFormat", "operationRef", "resultVariable")
_FOREIGN = (
    "class",
    "delegateExpression",
    "expression",
    "topic",
    "type",
    "decisionRef",
    "taskType",
    "resultVariable",
)
_SCRIPT_MAX = 4000


def person(scope: Scope, element: Element) -> Piece:
    """A user task, a manual task, or a task of no kind: somebody does it."""
    rest: dict[str, Any] = {"people": people_of(scope, element)}
    if (form := form_of(scope, element)) is not None:
        rest["form"] = form
    node_id = scope.node_for("task", element, name_of(element), **rest)
    if element.tag == "userTask":
        scope.mapped(element, "成为办理", "It became a task.", node_id)
    else:
        scope.near(
            element,
            "没有写明由谁或什么执行，成为人工办理",
            "Of no stated kind: it became a task for a person.",
            node_id,
        )
    return Piece(node_id, node_id, inner={node_id})


def automatic(scope: Scope, element: Element) -> Piece:
    """A service, a script, a rule: an action whose effect has to be chosen here; what was said is kept with it."""
    node_id = scope.node_for(
        "action", element, name_of(element), effect=EFFECTS[element.tag], params=_params(element)
    )
    scope.near(
        element,
        "成为自动执行；原来的实现不能在此运行，请选择动作",
        "It became an action; its implementation does not run here, choose an effect.",
        node_id,
    )
    return Piece(node_id, node_id, inner={node_id})


def _params(element: Element) -> dict[str, str]:
    said = {name: value for name in _TELLING if (value := element.get(name))}
    for holder in [element, *(one for box in element.every("extensionElements") for one in box.children)]:
        for key, value in holder.attributes.items():
            namespace, _, name = key.lstrip("{").rpartition("}")
            foreign = not standard(namespace) or (holder is not element and holder.tag == "taskDefinition")
            if foreign and name in _FOREIGN and value.strip():
                said.setdefault(name, value.strip())
    if (script := element.one("script")) is not None and script.words():
        said["script"] = script.words()[:_SCRIPT_MAX]
    return said


def send(scope: Scope, element: Element) -> Piece:
    name = name_of(element)
    node_id = scope.node_for("notify", element, name, to=scope.people.get(element, STARTER), text=name)
    scope.near(
        element,
        "成为通知；请选择收件人与内容",
        "It became a notice; choose who gets it and what it says.",
        node_id,
    )
    return Piece(node_id, node_id, inner={node_id})


def receive(scope: Scope, element: Element) -> Piece:
    key = slug(element.id or "message", set(), "event")
    until = wait_for(scope, element, "message", element, key)
    node_id = scope.node_for("wait", element, name_of(element), until=[until])
    scope.mapped(element, "成为等待事件", "It became a wait for an event.", node_id)
    return Piece(node_id, node_id, inner={node_id})


def call(scope: Scope, element: Element) -> Piece:
    """Another flow by its key; a called global task is a task."""
    called = element.get("calledElement") or _zeebe_process(element)
    target = scope.element(called)
    if target is not None and target.tag.startswith("global"):
        scope.mapped(target, "由调用它的节点代替", "The nodes that call it stand for it.")
        piece = _global(target.tag)(scope, element)
        scope.near(
            element, "调用的全局任务直接成为节点", "The global task it calls became a node.", piece.enter
        )
        return piece
    flow = slug((called or element.id or "flow").rpartition(":")[2], set(), "flow")
    node_id = scope.node_for("subflow", element, name_of(element), flow=flow)
    if called:
        scope.mapped(element, f"成为子流程 {flow}", f"It became the sub-flow {flow}.", node_id)
    else:
        scope.near(element, "没有写明调用哪个流程，请选择", "It names no flow; choose one.", node_id)
    return Piece(node_id, node_id, inner={node_id})


def _zeebe_process(element: Element) -> str | None:
    for box in element.every("extensionElements"):
        for one in box.every("calledElement"):
            return one.get("processId")
    return None


def _global(tag: str) -> Callable[[Scope, Element], Piece]:
    return _global_automatic if tag in ("globalScriptTask", "globalBusinessRuleTask") else person


def _global_automatic(scope: Scope, element: Element) -> Piece:
    node_id = scope.node_for("action", element, name_of(element), effect="bpmn.service")
    return Piece(node_id, node_id, inner={node_id})


TASKS: dict[str, Callable[[Scope, Element], Piece]] = {
    "task": person,
    "userTask": person,
    "manualTask": person,
    "serviceTask": automatic,
    "scriptTask": automatic,
    "businessRuleTask": automatic,
    "sendTask": send,
    "receiveTask": receive,
    "callActivity": call,
}
