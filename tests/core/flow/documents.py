"""Small documents for the engine's tests."""

from typing import Any

from shuniu.core.flow.document import FlowDocument


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def node(kind: str, id: str, **rest: Any) -> dict[str, Any]:
    return {"type": kind, "id": id, "name": words(id), **rest}


def edge(source: str, target: str, **rest: Any) -> dict[str, Any]:
    return {"id": f"{source}-{target}-{rest.get('outcome', '')}", "source": source, "target": target, **rest}


def outcomes(*keys: str, **rest: Any) -> list[dict[str, Any]]:
    return [{"key": key, "name": words(key), **rest} for key in keys]


def document(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], **rest: Any) -> FlowDocument:
    return FlowDocument.model_validate(
        {"name": words("测试"), "subject": "thing", "nodes": nodes, "edges": edges, **rest}
    )


def offer_document() -> FlowDocument:
    """Find somebody, offer; declined and unanswered offers go back; the visit settles; the customer rates."""
    rating = {
        "key": "review",
        "name": words("评价"),
        "fields": [
            {"type": "rating", "key": "rating", "name": words("评分"), "required": True, "fact": "工单.评分"}
        ],
    }
    return document(
        [
            node("start", "begin"),
            node(
                "task",
                "find",
                people={"by": "system", "effect": "test.find", "params": {"far": 3}},
                outcomes=outcomes("found", "nobody", automatic=True),
            ),
            node(
                "task",
                "offer",
                people={"by": "assignee", "fact": "工单.师傅"},
                outcomes=[*outcomes("accepted", "declined"), *outcomes("unanswered", automatic=True)],
                deadline={
                    "amount": 30,
                    "timeout": "unanswered",
                    "reminders": [{"before": 10}],
                    "escalation": {"to": {"by": "role", "role": "store_manager"}},
                },
            ),
            node("branch", "taken"),
            node("settle", "pay", measure="thing.done"),
            node("survey", "rate", form="review"),
            node("branch", "good"),
            node("notify", "tell", to={"by": "role", "role": "region_manager"}, text=words("差评")),
            node("end", "finish"),
        ],
        [
            edge("begin", "find"),
            edge("find", "offer", outcome="found"),
            edge("find", "finish", outcome="nobody"),
            edge("offer", "taken"),
            edge("taken", "pay", condition='步骤.offer.结果 = "accepted"'),
            edge("taken", "find", default=True, order=1),
            edge("pay", "rate"),
            edge("rate", "good"),
            edge("good", "tell", condition="工单.评分 <= 2"),
            edge("good", "finish", default=True, order=1),
            edge("tell", "finish"),
        ],
        forms=[rating],
    )
