"""Documents of every kind for the property tests: any nodes, any edges between them, any texts."""

from typing import Any

from hypothesis import strategies as st

from shuniu.core.flow.document import FlowDocument

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"' \n\r\t\x00\x0b\x85]]>中😀\ufffe"),
    max_size=12,
)
KEYS = st.sampled_from(["done", "late", "yes", "no", "ok_2"])
FEEL = st.sampled_from(["金额 > 10", 'a = "b" and c', "x < 3 & y", "工单.楼层 >= 5"])
EFFECTS = st.sampled_from(["coupon.give", "work_order.mark"])
PARAMS = st.dictionaries(
    TEXTS, st.none() | st.booleans() | st.integers(-9, 9) | TEXTS | st.lists(TEXTS, max_size=2), max_size=2
)


@st.composite
def words(draw: st.DrawFn) -> dict[str, str]:
    return {"zh": draw(TEXTS), "en": draw(TEXTS)}


PEOPLE = st.sampled_from(
    [
        {"by": "role", "role": "agent"},
        {"by": "starter"},
        {"by": "customer"},
        {"by": "system", "effect": "work_order.dispatch", "params": {"far": 3}},
        {"by": "several", "rules": [{"by": "starter"}, {"by": "person", "staff_ids": [1, 2]}]},
    ]
)
STAFF = PEOPLE.filter(lambda one: one["by"] not in ("customer", "system"))


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields, or none."""
    return st.fixed_dictionaries({}, optional=fields)


CALLS = st.fixed_dictionaries({"effect": EFFECTS, "params": PARAMS})
LIMITS = st.builds(
    lambda must, may: {**must, **may},
    st.fixed_dictionaries(
        {"amount": st.integers(1, 400), "unit": st.sampled_from(["minutes", "hours", "days"])}
    ),
    some(
        clock=st.sampled_from(["working", "wall"]),
        timeout=KEYS,
        reminders=st.lists(st.builds(lambda n: {"before": n}, st.integers(1, 30)), max_size=2),
        escalation=st.builds(lambda n: {"after": n}, st.integers(0, 30)),
        setting=st.just("task.limit"),
    ),
)
OUTCOMES = st.lists(KEYS, min_size=1, max_size=3, unique=True).flatmap(
    lambda keys: st.tuples(
        *(
            st.fixed_dictionaries({"key": st.just(key), "name": words(), "automatic": st.booleans()})
            for key in keys
        )
    ).map(list)
)
TRIGGERS = st.lists(
    st.sampled_from(
        [
            {"on": "event", "event": "customer.stage_changed"},
            {"on": "schedule", "schedule": "0 9 * * 1"},
            {"on": "form", "form": "lead"},
        ]
    ),
    max_size=2,
)
WAITS = st.lists(
    st.sampled_from(
        [
            {"waits": "time", "key": "late", "amount": 3},
            {"waits": "date", "key": "yes", "date": "订单.到期日"},
            {"waits": "event", "key": "done", "event": "order.paid", "correlation": "订单.编号"},
            {"waits": "event", "key": "ok_2", "event": "a < b", "name": {"zh": "\u0001", "en": ""}},
        ]
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one["key"],
)
LEVELS = st.lists(
    st.builds(
        lambda people, mode, needed: {"people": people, "mode": mode, "needed": needed},
        PEOPLE,
        st.sampled_from(["all", "any", "in_turn", "n_of_m"]),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=3,
)
COMMON = some(
    guide=words(), milestone=words(), deadline=LIMITS, cancels=st.just(["n0"]), variant=st.just("fixed"),
    entry=st.just([{"condition": "a > 0", "text": {"zh": "不行", "en": "no"}}]),
)  # fmt: skip
KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "start": some(triggers=TRIGGERS, form=st.just("lead")),
    "task": st.builds(
        lambda must, may: {**must, **may},
        st.fixed_dictionaries({"people": PEOPLE}),
        some(outcomes=OUTCOMES, must_claim=st.booleans(), rights=st.just({"phone": "read"})),
    ),
    "approval": st.builds(
        lambda levels, may: {"levels": levels, **may}, LEVELS, some(on_reject=st.just("end"))
    ),
    "survey": st.builds(lambda may: {"form": "lead", **may}, some(outcomes=OUTCOMES)),
    "branch": st.just({}),
    "inclusive": st.just({}),
    "parallel": st.just({}),
    "join": st.builds(
        lambda mode, needed: {"mode": mode, "needed": needed},
        st.sampled_from(["all", "active", "n_of_m"]),
        st.integers(1, 3),
    ),
    "wait": st.builds(lambda until: {"until": until}, WAITS),
    "action": st.builds(
        lambda may: {"effect": "coupon.give", **may}, some(params=PARAMS, undo=CALLS, outcomes=OUTCOMES)
    ),
    "notify": st.builds(lambda text, may: {"text": text, **may}, words(), some(to=STAFF)),
    "settle": st.builds(lambda may: {"measure": "work_order.completed", **may}, some(undo=CALLS)),
    "undo": st.just({"of": ["n0"]}),
    "subflow": some(
        rows=st.just("配件"), count=st.integers(1, 9), in_turn=st.booleans(), needed=st.integers(1, 3)
    ).flatmap(lambda may: st.sampled_from(["repair", "有 空格"]).map(lambda flow: {"flow": flow, **may})),
    "milestone": st.builds(lambda text: {"text": text}, words()),
    "end": some(terminate=st.booleans(), result=TEXTS),
}
POINTS = st.fixed_dictionaries({"x": st.floats(-1e6, 1e6), "y": st.floats(-1e6, 1e6)})


@st.composite
def nodes(draw: st.DrawFn) -> list[dict[str, Any]]:
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=7))
    return [
        {"id": f"n{number}", "type": kind, "name": draw(words()), **draw(COMMON), **draw(KINDS[kind])}
        for number, kind in enumerate(kinds)
    ]


@st.composite
def edges(draw: st.DrawFn, ids: list[str]) -> list[dict[str, Any]]:
    one = st.builds(
        lambda source, target, may: {"source": source, "target": target, **may},
        st.sampled_from(ids),
        st.sampled_from(ids),
        some(
            outcome=KEYS, condition=FEEL | TEXTS, default=st.booleans(), order=st.integers(0, 9), name=words(),
            on=st.sampled_from(["error", "timeout"]), beside=st.booleans(), points=st.lists(POINTS, max_size=2),
        ),
    )  # fmt: skip
    made = draw(st.lists(one, max_size=10))
    named = draw(st.lists(TEXTS, min_size=len(made), max_size=len(made), unique=True))
    return [{"id": name, **edge} for name, edge in zip(named, made, strict=True)]


@st.composite
def documents(draw: st.DrawFn) -> FlowDocument:
    """Any document with ids that occur once and edges that lead somewhere: sound or not, sensible or not."""
    made = draw(nodes())
    ids = [node["id"] for node in made]
    return FlowDocument.model_validate(
        {
            "format": draw(st.sampled_from([1, 2])),
            "name": draw(words()),
            "subject": "work_order",
            "nodes": made,
            "edges": draw(edges(ids)),
            "facts": draw(st.dictionaries(TEXTS, st.just("number"), max_size=2)),
            "layout": draw(st.dictionaries(st.sampled_from([*ids, "gone"]), POINTS, max_size=4)),
            "forms": draw(st.sampled_from([[], [FORM]])),
            **draw(some(deadline=LIMITS)),
        }
    )


FORM = {
    "key": "lead",
    "name": {"zh": "线索", "en": "Lead"},
    "fields": [
        {"type": "phone", "key": "phone", "name": {"zh": "手机", "en": "Phone"}, "required": True},
        {"type": "table", "key": "rows", "name": {"zh": "明细", "en": "Rows"}, "columns": []},
    ],
}
