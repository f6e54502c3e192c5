"""What is no flow node: pools, notes, data, messages between pools."""

import re

from shuniu.core.flow.bpmn.reading.draft import words
from shuniu.core.flow.bpmn.reading.pieces import Flow
from shuniu.core.flow.bpmn.reading.source import Source
from shuniu.core.flow.bpmn.xmltree import Element

Places = dict[Element, tuple[Flow, str]]
"""Element → the flow and the node it became."""
_DATA = {"dataObjectReference", "dataObject", "dataInput", "dataOutput"}


def notes(source: Source, places: Places) -> None:
    """Documentation and notes tied to a node become what-to-do texts."""
    for element, (flow, node) in places.items():
        texts = [one.words() for one in element.every("documentation") if one.words()]
        if texts and not flow.draft.nodes[node].get("guide"):
            flow.draft.nodes[node]["guide"] = words("\n".join(texts))
    for association in (one for one in source.root.all() if one.tag == "association"):
        if source.ledger.spoke_of(association):
            continue
        ends = [source.ref(association.get(name)) for name in ("sourceRef", "targetRef")]
        note = next((one for one in ends if one is not None and one.tag == "textAnnotation"), None)
        other = next((one for one in ends if one is not None and one in places), None)
        if note is None or other is None:
            continue
        _note(source, note, association, *places[other])


def _note(source: Source, note: Element, association: Element, flow: Flow, node: str) -> None:
    text = note.words()
    given = flow.draft.nodes[node].get("guide")
    before = f"{given['zh']}\n" if given else ""
    flow.draft.nodes[node]["guide"] = words(before + text)
    where = {"flow": flow.draft.key, "node": node}
    source.ledger.near(
        note, "说明文字并入节点的操作指引", "The note became part of the node's what-to-do text.", **where
    )
    source.ledger.near(association, "由操作指引代替", "The what-to-do text stands for it.", **where)


def loose_notes(source: Source, flows: list[Flow]) -> None:
    """Notes tied to no node, and what a process says of itself, are read at the start of the flow."""
    for flow in flows:
        start = next((node_id for node_id, node in flow.draft.nodes.items() if node["type"] == "start"), None)
        if start is None or not flow.main:
            continue
        texts = [one.words() for one in flow.element.every("documentation") if one.words()]
        for note in (one for one in flow.element.all() if one.tag == "textAnnotation"):
            if source.ledger.spoke_of(note):
                continue
            texts.append(note.words())
            source.ledger.near(
                note,
                "没有连到节点，并入开始节点的操作指引",
                "Tied to no node: it became part of the start's what-to-do text.",
                flow=flow.draft.key,
                node=start,
            )
        given = flow.draft.nodes[start].get("guide")
        said = "\n".join([*([given["zh"]] if given else []), *filter(None, texts)])
        if texts and not flow.draft.content:
            flow.draft.nodes[start]["guide"] = words(said)


def data(source: Source, flows: list[Flow]) -> None:
    """Data objects with a plain name become facts of their flow."""
    for flow in flows:
        for element in flow.element.all():
            if element.tag not in _DATA or source.ledger.spoke_of(element) or element.namespace == "":
                continue
            name = (element.get("name") or "").strip()
            if not re.fullmatch(r"[^\W\d]\w*", name):
                if element.tag in ("dataObject", "dataObjectReference"):
                    source.ledger.refused(
                        element,
                        "数据对象没有可用的名称，未导入",
                        "The data object has no name that a fact may have.",
                    )
                continue
            flow.draft.fact(name)
            source.ledger.near(
                element,
                f"数据对象成为事实「{name}」，类型未定",
                f"The data object became the fact “{name}” of no stated type.",
                flow=flow.draft.key,
            )


def collaborations(source: Source, flows: list[Flow], places: Places) -> None:
    """Pools name flows; messages between them are said at the nodes."""
    drafts = {flow.element: flow.draft for flow in flows}
    for element in source.root.all():
        if element.tag == "participant" and not source.ledger.spoke_of(element):
            process = source.ref(element.get("processRef"))
            draft = drafts.get(process) if process is not None else None
            if draft is not None:
                source.ledger.mapped(
                    element, "泳池成为单独的流程", "The pool became a flow of its own.", flow=draft.key
                )
            else:
                source.ledger.refused(
                    element,
                    "没有流程的泳池（外部一方），未导入",
                    "A pool without a process, somebody outside; not taken over.",
                )
        elif element.tag == "messageFlow":
            _message_flow(source, element, places)
        elif element.tag == "collaboration":
            source.ledger.mapped(element, "每个泳池一个流程", "Each pool is a flow.")


def _message_flow(source: Source, element: Element, places: Places) -> None:
    ends = [source.ref(element.get(name)) for name in ("sourceRef", "targetRef")]
    known = [places[one] for one in ends if one is not None and one in places]
    if not known:
        source.ledger.refused(
            element,
            "两端都不是节点，消息流未导入",
            "Neither end is a node; the message flow was not taken over.",
        )
        return
    flow, node = known[-1]
    source.ledger.near(
        element,
        "消息流由两端节点的事件或通知代替，请核对事件名",
        "The event or the notice of its nodes stands for it; check the name of the event.",
        flow=flow.draft.key,
        node=node,
    )
