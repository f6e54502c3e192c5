"""Writing the demo company through the domains' own bulk actions (COPY), in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from shuniu.app.demo import company, history, sandbox, today
from shuniu.app.demo.accounts import ACCOUNTS, PASSWORD
from shuniu.app.demo.company import Company, ProductPlan
from shuniu.app.demo.orders import KINDS, past_order
from shuniu.commerce import actions as commerce
from shuniu.commerce.contracts import ItemKind, ShopOrderStatus
from shuniu.customers import actions as customers
from shuniu.foundation.access import system
from shuniu.foundation.hub import registry, subscriptions
from shuniu.org import actions as org
from shuniu.org import queries as org_queries
from shuniu.org.actions.start import ensure_shipped
from shuniu.org.contracts import UnitKind
from shuniu.settlement import actions as settlement
from shuniu.work_orders import actions as work_orders
from shuniu.work_orders.settings import HOT_WEATHER, OFFER_ANSWER_MINUTES

SEED = 20261122
BY = system("demo")
_POSITIONS = {
    "store_manager": "store_manager",
    "agent": "agent",
    "field_worker": "field_worker",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Ids of what was loaded, as later parts need them."""

    units: dict[str, int]
    staff: dict[str, int]
    customers: list[int]


def is_loaded() -> bool:
    """Whether somebody is here already."""
    return org_queries.unit_by_code("HQ") is not None


@transaction.atomic
def load(*, now: datetime) -> None:
    """Fill an empty installation with the demo company as of ``now``."""
    # before the first event: after a reset the worker at work has cursors to find
    subscriptions.ensure(registry.subscribers, now)
    made = company.make(seed=SEED, now=now)
    places = _people(made, now)
    _purchases(made, places, now)
    work_orders.publish_shipped(by=BY, now=now)
    _kinds(now)
    orders = _orders(made, places, now)
    _money(orders, now)
    today.load(made, customers=places.customers, units=places.units, seed=SEED, now=now)
    _variants(places, now)
    sandbox.connect(now=now)


@transaction.atomic
def reset(*, now: datetime) -> None:
    """Throw everything away and load the demo company anew, in one transaction: nobody sees it half done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename NOT IN ('django_migrations', 'django_content_type')"
        )
        tables = ", ".join(name for (name,) in cursor.fetchall())
        # sequences run on: live pages remember positions of the feed
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {tables}")
        cursor.execute("SET LOCAL session_replication_role = origin")
    ensure_shipped(zone=settings.TIME_ZONE, by=BY, now=now)
    load(now=now)


def _people(made: Company, now: datetime) -> Places:
    units = [
        org.NewUnit(
            code=unit.code,
            name=unit.name,
            kind=UnitKind(unit.kind),
            parent=unit.parent,
            city=unit.city,
            province=unit.province,
            address=unit.address,
            latitude=Decimal(unit.latitude) if unit.latitude else None,
            longitude=Decimal(unit.longitude) if unit.longitude else None,
            opening_hours="09:00–18:00",
        )
        for unit in company.UNITS
    ]
    logins = {account.login for account in ACCOUNTS}
    staff = [
        org.NewStaff(
            number=person.number,
            name=person.name,
            unit=person.unit,
            phone=person.phone,
            city=person.city,
            skills=person.skills,
            username=person.login if person.login in logins else None,
            wecom_userid=person.wecom_userid,
            roles=((person.role, person.unit),),
            position=_POSITIONS.get(person.role),
        )
        for person in made.staff
    ]
    loaded = org.load(units=units, staff=staff, password=PASSWORD, by=BY, now=now)
    ids = customers.load_many(
        rows=[
            customers.NewCustomer(
                name=person.name,
                unit_id=loaded.units[person.unit],
                created_at=person.created_at,
                phone=person.phone,
                city=person.city,
                district=person.district,
                address=person.address,
                tags=person.tags,
                external_userid=person.external_userid,
            )
            for person in made.customers
        ],
        by=BY,
        now=now,
    )
    return Places(units=loaded.units, staff=loaded.staff, customers=ids)


def _items(plans: Sequence[ProductPlan]) -> list[commerce.NewProduct]:
    return [
        commerce.NewProduct(
            code=plan.code, name=plan.name, price=plan.price, category=plan.category, measure=plan.measure
        )
        for plan in plans
    ]


def _purchases(made: Company, places: Places, now: datetime) -> None:
    products = commerce.load_products(rows=_items(made.products), by=BY, now=now)
    commerce.load_products(rows=_items(made.spare_parts), kind=ItemKind.SPARE_PART, by=BY, now=now)
    catalogue = {product.code: product for product in made.products}
    commerce.load_orders(
        rows=[
            commerce.NewOrder(
                no=order.no,
                customer_id=places.customers[order.customer],
                unit_id=places.units[order.unit],
                placed_at=order.placed_at,
                paid_at=order.placed_at,
                status=ShopOrderStatus.PAID,
                lines=tuple(
                    commerce.NewLine(
                        name=catalogue[code].name,
                        quantity=Decimal(quantity),
                        price=catalogue[code].price,
                        amount=catalogue[code].price * quantity,
                        product_id=products[code],
                    )
                    for code, quantity in order.lines
                ),
            )
            for order in made.purchases
        ],
        by=BY,
        now=now,
    )


def _kinds(now: datetime) -> None:
    for key, (name, minutes, skills, difficulty) in KINDS.items():
        work_orders.create_kind(
            key=key,
            name=name,
            flow_key="ac_install",
            service_minutes=minutes,
            skills=skills,
            difficulty=Decimal(difficulty),
            by=BY,
            now=now,
        )


def _orders(made: Company, places: Places, now: datetime) -> list[int]:
    calendars = org_queries.calendars(places.units.values())
    plans = history.make(made, seed=SEED, now=now)
    return work_orders.load_history(
        orders=[
            past_order(
                plan,
                made,
                customers=places.customers,
                staff=places.staff,
                units=places.units,
                calendar=calendars[places.units[made.customers[plan.customer].unit]],
            )
            for plan in plans
        ],
        by=BY,
        now=now,
    )


def _money(orders: list[int], now: datetime) -> None:
    """Every order earns by the shipped plan; what is confirmed is paid out on Fridays, but for the running week."""
    settlement.publish_shipped(effective_from=now - timedelta(days=400), by=BY, now=now)
    noon = now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(hour=12, minute=0, second=0, microsecond=0)
    friday = noon - timedelta(days=(noon.weekday() - 4) % 7 + 7)
    fridays = [friday - timedelta(weeks=week) for week in range(27)]
    settlement.load_completed_orders(order_ids=orders, payout_days=fridays, by=BY, now=now)


def _variants(places: Places, now: datetime) -> None:
    """Regions vary what headquarters leaves open: it is hot in 华中, and 西南 gives its field workers more time."""
    for code, key, value in (
        ("HZ", HOT_WEATHER.key, True),
        ("XN", OFFER_ANSWER_MINUTES.key, 45),
        ("XN", "settlement.hold_days", 3),
    ):
        org.set_setting(key=key, unit_id=places.units[code], value=value, by=BY, now=now)
