"""What came of a setting's variants: the results of the units under each value, side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from shuniu.flows import queries as flows
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
    under: int,
    first: date,
    last: date,
    zone: ZoneInfo,
) -> list[VariantResults]:
    """The units below one by their value of a setting, each value with the results of the days (both included).

    The value of the base comes first, then those most units have. Units nothing happened in are counted, not listed.
    """
    variants = org.variants_below(actor=actor, under=under, key=key)
    tallies, shown = _tallies(actor, first, last, zone)
    groups: dict[object, list[Variant]] = defaultdict(list)
    for variant in variants:
        groups[variant.values[key]].append(variant)
    base = org.setting(key, under)
    ordered = sorted(groups.items(), key=lambda group: (group[0] != base, -len(group[1]), str(group[0])))
    nothing: Tallies = {}
    return [
        VariantResults(
            value=value,
            is_base=value == base,
            unit_count=len(members),
            set_by=tuple(member.unit_name for member in members if key in member.set_here),
            results=_results(shown, _sum(tallies.get(member.unit_id, nothing) for member in members), {}),
            units=tuple(
                UnitResults(
                    unit_id=member.unit_id,
                    unit_name=member.unit_name,
                    set_here=key in member.set_here,
                    results=_results(shown, tallies[member.unit_id], _links(member.unit_id, first, last)),
                )
                for member in members
                if member.unit_id in tallies
            ),
        )
        for value, members in ordered
    ]


def _tallies(
    actor: Actor, first: date, last: date, zone: ZoneInfo
) -> tuple[dict[int, dict[ResultKey, _Tally]], Sequence[ResultKey]]:
    """Everything by unit, and what of it the actor may see; the number of statements does not grow with the units."""
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
    earned = settlement.earned_by_unit(actor, since=since, until=until)
    if earned is None:
        return found, [key for key in ResultKey if key is not ResultKey.EARNED]
    for unit_id, amount in earned.items():
        found[unit_id][ResultKey.EARNED] = _Tally(amount=amount)
    return found, list(ResultKey)


def _sum(tallies: Iterable[Tallies]) -> Tallies:
    total: dict[ResultKey, _Tally] = {}
    for one in tallies:
        for key, tally in one.items():
            total[key] = total.get(key, _Tally()) + tally
    return total


def _results(
    shown: Sequence[ResultKey], tallies: Tallies, links: Mapping[ResultKey, str]
) -> tuple[Result, ...]:
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
