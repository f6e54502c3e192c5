"""What came of a setting's variants: the results of the units under each value, side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from shuniu.flows import queries as flows
from shuniu.foundation import access
from shuniu.foundation.access import Actor
from shuniu.insights.contracts import (
    Result,
    ResultKey,
    UnitResults,
    VariantResults,
    orders_of,
)
from shuniu.insights.queries.boards import by_unit
from shuniu.org import queries as org
from shuniu.org.contracts import Variant
from shuniu.settlement import queries as settlement
from shuniu.settlement.permissions import READ as EARNINGS_READ

ORDERS = "work_order"
COUNTED = (ResultKey.OPENED, ResultKey.COMPLETED, ResultKey.CLOSED)


@dataclass(frozen=True, slots=True)
class _Tally:
    """What is added up: an amount, what it is a share or mean of, and how many things stand behind it."""

    amount: Decimal = Decimal(0)
    of: int = 0
    behind: int = 0

    def __add__(self, other: "_Tally") -> "_Tally":
        return _Tally(self.amount + other.amount, self.of + other.of, self.behind + other.behind)


Tallies = Mapping[ResultKey, _Tally]


def compare_results(
    *,
    actor: Actor,
    key: str,
    unit_ids: Sequence[int],
    base_unit_id: int,
    first: date,
    last: date,
    zone: ZoneInfo,
) -> list[VariantResults]:
    """The units by the value of one setting, each value with the results of the days (both included).

    The value of the base comes first, then those most units have. Units nothing happened in are counted, not listed.
    """
    variants = org.compare_variants(unit_ids, [key], base_unit_id=base_unit_id)
    tallies = _tallies(actor, first, last, zone)
    groups: dict[object, list[Variant]] = defaultdict(list)
    for variant in variants:
        groups[variant.values[key]].append(variant)
    base = org.setting(key, base_unit_id)
    ordered = sorted(groups.items(), key=lambda group: (group[0] != base, -len(group[1]), str(group[0])))
    nothing: Tallies = {}
    return [
        VariantResults(
            value=value,
            is_base=value == base,
            unit_count=len(members),
            set_by=tuple(member.unit_name for member in members if key in member.set_here),
            results=_results(_sum(tallies.get(member.unit_id, nothing) for member in members), actor, {}),
            units=tuple(
                UnitResults(
                    unit_id=member.unit_id,
                    unit_name=member.unit_name,
                    set_here=key in member.set_here,
                    results=_results(tallies[member.unit_id], actor, _links(member.unit_id, first, last)),
                )
                for member in members
                if member.unit_id in tallies
            ),
        )
        for value, members in ordered
    ]


def _tallies(actor: Actor, first: date, last: date, zone: ZoneInfo) -> dict[int, dict[ResultKey, _Tally]]:
    """Everything by unit: four statements, however many units."""
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    found: dict[int, dict[ResultKey, _Tally]] = defaultdict(dict)
    for figure in by_unit(actor=actor, first=first, last=last):
        if figure.key in COUNTED:
            tally = _Tally(amount=Decimal(figure.count), behind=figure.count)
            found[figure.unit_id][ResultKey(figure.key)] = tally
        elif figure.key == "rated":
            tally = _Tally(amount=figure.total, of=figure.count, behind=figure.count)
            found[figure.unit_id][ResultKey.RATING] = tally
    kept = flows.punctuality(actor=actor, subject_kind=ORDERS, since=since, until=until)
    for unit_id, one in kept.items():
        in_time = Decimal(one.limited - one.late)
        found[unit_id][ResultKey.ON_TIME] = _Tally(amount=in_time, of=one.limited, behind=one.late)
    for unit_id, amount in settlement.earned_by_unit(actor, since=since, until=until).items():
        found[unit_id][ResultKey.EARNED] = _Tally(amount=amount)
    return found


def _sum(tallies: Iterable[Tallies]) -> Tallies:
    total: dict[ResultKey, _Tally] = {}
    for one in tallies:
        for key, tally in one.items():
            total[key] = total.get(key, _Tally()) + tally
    return total


def _results(tallies: Tallies, actor: Actor, links: Mapping[ResultKey, str]) -> tuple[Result, ...]:
    shown = [key for key in ResultKey if key is not ResultKey.EARNED or access.may(actor, EARNINGS_READ)]
    return tuple(_result(key, tallies.get(key, _Tally()), links.get(key)) for key in shown)


def _result(key: ResultKey, tally: _Tally, link: str | None) -> Result:
    value: Decimal | None = tally.amount
    if key in (ResultKey.ON_TIME, ResultKey.RATING):
        places = Decimal("0.0001") if key is ResultKey.ON_TIME else Decimal("0.01")
        value = (tally.amount / tally.of).quantize(places, ROUND_HALF_UP) if tally.of else None
    return Result(key=key, value=value, of=tally.of, behind=tally.behind, link=link)


def _links(unit_id: int, first: date, last: date) -> dict[ResultKey, str]:
    place = f"&unit_id={unit_id}&exact_unit=true"
    moments = {
        ResultKey.OPENED: "opened",
        ResultKey.COMPLETED: "completed",
        ResultKey.CLOSED: "closed",
        ResultKey.ON_TIME: "late",
        ResultKey.RATING: "rated",
    }
    links = {key: orders_of(moment).format(first=first, last=last) + place for key, moment in moments.items()}
    links[ResultKey.EARNED] = f"/console/settlement/earnings?unit_id={unit_id}&since={first}&until={last}"
    return links
