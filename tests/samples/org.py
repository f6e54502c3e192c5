"""Units, people, what they hold and are told."""

from tests.factories.org import HOUSE, NOON, House

from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.org import actions, queries


def _assignment(house: House) -> int:
    return queries.assignments_of([house.staff["zhang"]])[house.staff["zhang"]][0].id


def _notice(house: House) -> int:
    [notice_id] = actions.notify(
        staff_ids=[house.staff["zhang"]],
        kind="test",
        text=Text("有新工单", "A new work order"),
        subject=Ref("unit", house.units["WHGG"]),
        by=HOUSE,
        now=NOON,
    )
    return notice_id


SAMPLES = {
    "/org/units/{unit_id}": lambda house: house.units["WHGG"],
    "/org/staff/{staff_id}": lambda house: house.staff["zhang"],
    "/org/assignments/{assignment_id}": _assignment,
    "/notices/{notice_id}": _notice,
}
EVERYWHERE = {
    "/org/roles/{role_id}": "roles are shaped for the whole enterprise, by who may do everything everywhere",
    "/org/positions/{position_id}": "as roles",
    "/org/calendars/{calendar_id}": "calendars are shared; which one a unit uses is a setting",
    "/org/settings/{key}": "the key is no id; the unit comes in the body (tests/org/test_settings.py)",
}
