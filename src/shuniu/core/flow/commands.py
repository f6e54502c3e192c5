"""What may be asked of a run. Everything a command needs is inside it, so that the log alone replays to the state.

`party` is who asks, as a key: `staff:7`, `customer`, `system` (the house, whose right the caller has checked).
`observed` are facts read elsewhere at this moment, for conditions only; `past` is history that only these need.
"""

from typing import Annotated, Any, Literal

from pydantic import Field as Constraint
from pydantic import TypeAdapter

from shuniu.core.flow.words import Frozen

Facts = dict[str, Any]


class _Command(Frozen):
    observed: Facts = Constraint(default_factory=dict)


class _OnStep(_Command):
    visit: int


class _ByParty(_OnStep):
    party: str


class PastStep(Frozen):
    """A closed step: the one returned to, an arrival a join let through, a step somebody handled since."""

    visit: int
    node: str
    via: dict[str, int]
    edge: str = ""
    joined: int | None = None
    """The visit it was joined into."""
    party: str | None = None


class DoneAction(Frozen):
    """An action that was done and not taken back yet."""

    visit: int
    node: str


class Start(_Command):
    """`facts` stay with the run."""

    kind: Literal["start"] = "start"
    facts: Facts = Constraint(default_factory=dict)
    starter: str | None = None


class Ask(_OnStep):
    """The answer to `PeopleWanted`. `deputies`: asked → who stands in. Empty `parties`: nobody was found."""

    kind: Literal["ask"] = "ask"
    parties: tuple[str, ...] = ()
    deputies: dict[str, str] = Constraint(default_factory=dict)


class Assign(_OnStep):
    """These parties, and nobody else, are asked from now on."""

    kind: Literal["assign"] = "assign"
    parties: tuple[str, ...]


class Claim(_ByParty):
    kind: Literal["claim"] = "claim"


class Release(_ByParty):
    kind: Literal["release"] = "release"


class Complete(_ByParty):
    """A party answers an open step. `work` names the work answered; without it, any open work of the party.

    `call`: the number of the call whose result this is.
    """

    kind: Literal["complete"] = "complete"
    work: int | None = None
    call: int | None = None
    outcome: str | None = None
    answers: Facts = Constraint(default_factory=dict)
    facts: Facts = Constraint(default_factory=dict)


class Approve(_ByParty):
    kind: Literal["approve"] = "approve"
    work: int | None = None
    answers: Facts = Constraint(default_factory=dict)


class Reject(_ByParty):
    """`past` and `done` as in `Return`, for a node whose rejection returns."""

    kind: Literal["reject"] = "reject"
    work: int | None = None
    answers: Facts = Constraint(default_factory=dict)
    past: tuple[PastStep, ...] = ()
    done: tuple[DoneAction, ...] = ()


class Return(_ByParty):
    """Back to an earlier node 退回. `past`: its visit, the closed arrivals of joins since; `done`: actions since."""

    kind: Literal["return"] = "return"
    to: str
    reason: str = ""
    then: Literal["on", "back"] = "on"
    past: tuple[PastStep, ...] = ()
    done: tuple[DoneAction, ...] = ()


class Withdraw(_ByParty):
    """`visit` is the closed step taken back 撤回, found in `past` with what was closed since."""

    kind: Literal["withdraw"] = "withdraw"
    reason: str = ""
    past: tuple[PastStep, ...] = ()
    done: tuple[DoneAction, ...] = ()


class Transfer(_ByParty):
    kind: Literal["transfer"] = "transfer"
    to: str
    reason: str = ""


class Delegate(_ByParty):
    kind: Literal["delegate"] = "delegate"
    to: str
    reason: str = ""


class AddSign(_ByParty):
    kind: Literal["add_sign"] = "add_sign"
    who: tuple[str, ...]
    where: Literal["before", "after"] = "before"
    reason: str = ""


class Copy(_ByParty):
    kind: Literal["copy"] = "copy"
    to: tuple[str, ...]
    text: str = ""


class Urge(_ByParty):
    kind: Literal["urge"] = "urge"


class Hold(_ByParty):
    """The step waits for the customer; its limit stands still."""

    kind: Literal["hold"] = "hold"
    reason: str = ""


class Unhold(_ByParty):
    kind: Literal["unhold"] = "unhold"


class Suspend(_Command):
    kind: Literal["suspend"] = "suspend"
    reason: str = ""


class Resume(_Command):
    kind: Literal["resume"] = "resume"


class Cancel(_Command):
    """The whole run, or with `visit` one step. `done`: actions to take back."""

    kind: Literal["cancel"] = "cancel"
    visit: int | None = None
    reason: str = ""
    done: tuple[DoneAction, ...] = ()


class Fail(_OnStep):
    """The call failed for good."""

    kind: Literal["fail"] = "fail"
    call: int | None = None
    zh: str = ""
    en: str = ""


class Retry(_OnStep):
    kind: Literal["retry"] = "retry"


class Skip(_OnStep):
    """By right, with a reason."""

    kind: Literal["skip"] = "skip"
    party: str = "system"
    outcome: str | None = None
    reason: str


class Deliver(_Command):
    """An event of the hub. `correlation` None: it is about the run's own subject. `visit`: only that step."""

    kind: Literal["deliver"] = "deliver"
    event: str
    correlation: str | None = None
    data: Facts = Constraint(default_factory=dict)
    visit: int | None = None


class FireTimer(_OnStep):
    """A rung of a step's deadline, or the end of its wait, has come. Visit 0 is the run's own limit."""

    kind: Literal["fire_timer"] = "fire_timer"
    rung: str


class ChildEnded(_OnStep):
    kind: Literal["child_ended"] = "child_ended"
    number: int
    ok: bool = True
    facts: Facts = Constraint(default_factory=dict)


class AddChild(_OnStep):
    kind: Literal["add_child"] = "add_child"
    row: Any = None


class CancelChild(_OnStep):
    kind: Literal["cancel_child"] = "cancel_child"
    number: int


class FinishChildren(_OnStep):
    """Do not wait for the sub-flows that are still open."""

    kind: Literal["finish_children"] = "finish_children"


class Undo(_OnStep):
    """The answer to `UndoWanted`: what was done, in the order it was done."""

    kind: Literal["undo"] = "undo"
    done: tuple[DoneAction, ...] = ()


class Migrate(_Command):
    """To another version; old node → new node. Applied by `migrate`, which is given both documents."""

    kind: Literal["migrate"] = "migrate"
    version: int
    mapping: dict[str, str] = Constraint(default_factory=dict)


Command = Annotated[
    Start
    | Ask
    | Assign
    | Claim
    | Release
    | Complete
    | Approve
    | Reject
    | Return
    | Withdraw
    | Transfer
    | Delegate
    | AddSign
    | Copy
    | Urge
    | Hold
    | Unhold
    | Suspend
    | Resume
    | Cancel
    | Fail
    | Retry
    | Skip
    | Deliver
    | FireTimer
    | ChildEnded
    | AddChild
    | CancelChild
    | FinishChildren
    | Undo
    | Migrate,
    Constraint(discriminator="kind"),
]
COMMANDS: TypeAdapter[list[Command]] = TypeAdapter(list[Command])
