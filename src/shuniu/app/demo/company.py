"""Units, staff, customers, products and purchases of the demo company. Pure: everything follows from the seed."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from shuniu.app.demo.accounts import ACCOUNTS

CUSTOMERS = 2_000
STAFF = 60


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """One unit; ``parent`` is a code."""

    code: str
    name: str
    kind: str
    parent: str | None
    city: str = ""
    province: str = ""
    address: str = ""
    latitude: str | None = None
    longitude: str | None = None


UNITS = (
    UnitPlan("HQ", "悦居家电服务", "hq", None, "武汉", "湖北", "东湖新技术开发区关山大道 1 号"),
    UnitPlan("HQ-FIN", "财务部", "department", "HQ", "武汉", "湖北"),
    UnitPlan("HQ-QC", "品控部", "department", "HQ", "武汉", "湖北"),
    UnitPlan("HD", "华东大区", "region", "HQ", "上海", "上海"),
    UnitPlan("HZ", "华中大区", "region", "HQ", "武汉", "湖北"),
    UnitPlan("XN", "西南大区", "region", "HQ", "成都", "四川"),
    UnitPlan(
        "SH-XH", "上海徐汇店", "store", "HD", "上海", "上海", "漕溪北路 398 号", "31.192000", "121.437000"
    ),
    UnitPlan(
        "SH-PD", "上海浦东店", "store", "HD", "上海", "上海", "张杨路 500 号", "31.228000", "121.517000"
    ),
    UnitPlan("HZ-XH", "杭州西湖店", "store", "HD", "杭州", "浙江", "文三路 90 号", "30.277000", "120.131000"),
    UnitPlan(
        "SZ-YQ",
        "苏州园区服务商",
        "partner",
        "HD",
        "苏州",
        "江苏",
        "现代大道 66 号",
        "31.323000",
        "120.724000",
    ),
    UnitPlan(
        "WH-GG", "武汉光谷店", "store", "HZ", "武汉", "湖北", "珞喻路 766 号", "30.506000", "114.398000"
    ),
    UnitPlan(
        "WH-HK", "武汉汉口店", "store", "HZ", "武汉", "湖北", "解放大道 688 号", "30.581000", "114.272000"
    ),
    UnitPlan(
        "CS-YL", "长沙岳麓店", "store", "HZ", "长沙", "湖南", "枫林一路 201 号", "28.235000", "112.931000"
    ),
    UnitPlan(
        "ZZ-JS", "郑州金水服务商", "partner", "HZ", "郑州", "河南", "花园路 39 号", "34.781000", "113.679000"
    ),
    UnitPlan(
        "CD-GX", "成都高新店", "store", "XN", "成都", "四川", "天府大道 1480 号", "30.573000", "104.066000"
    ),
    UnitPlan(
        "CQ-JB", "重庆江北店", "store", "XN", "重庆", "重庆", "建新北路 38 号", "29.576000", "106.532000"
    ),
    UnitPlan(
        "KM-WH",
        "昆明五华服务商",
        "partner",
        "XN",
        "昆明",
        "云南",
        "东风西路 11 号",
        "25.041000",
        "102.702000",
    ),
    UnitPlan(
        "GY-YY",
        "贵阳云岩服务商",
        "partner",
        "XN",
        "贵阳",
        "贵州",
        "中华北路 200 号",
        "26.594000",
        "106.713000",
    ),
)
OUTLETS = tuple(unit for unit in UNITS if unit.kind in ("store", "partner"))

DISTRICTS = {
    "上海": ("徐汇区", "浦东新区", "静安区", "闵行区"),
    "杭州": ("西湖区", "拱墅区", "滨江区"),
    "苏州": ("工业园区", "姑苏区", "吴中区"),
    "武汉": ("洪山区", "江夏区", "武昌区", "江汉区", "江岸区"),
    "长沙": ("岳麓区", "雨花区", "开福区"),
    "郑州": ("金水区", "二七区", "郑东新区"),
    "成都": ("高新区", "武侯区", "锦江区"),
    "重庆": ("江北区", "渝北区", "南岸区"),
    "昆明": ("五华区", "盘龙区", "官渡区"),
    "贵阳": ("云岩区", "南明区", "观山湖区"),
}
_ROADS = (
    "珞喻路",
    "中山路",
    "人民路",
    "和平大道",
    "建设路",
    "文化路",
    "解放路",
    "学府路",
    "滨江路",
    "新华路",
)
_ESTATES = (
    "锦绣花园",
    "阳光新城",
    "翠湖苑",
    "万和家园",
    "金色港湾",
    "书香门第",
    "江南春晓",
    "保利国际",
    "东方雅居",
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂建国志文海燕玲辉云雪梅晓东鹏飞欣怡佳宁浩然子涵"
_TAGS = ("新房装修", "老客户", "以旧换新", "VIP", "价格敏感", "物业推荐", "周末在家", "团购")


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """One person; ``login`` only for the demo accounts, ``position`` is what they are called at work."""

    number: str
    name: str
    role: str
    unit: str
    city: str
    phone: str
    login: str | None = None
    skills: tuple[str, ...] = ()
    wecom_userid: str | None = None


@dataclass(frozen=True, slots=True)
class CustomerPlan:
    """One customer of an outlet."""

    name: str
    phone: str
    unit: str
    city: str
    district: str
    address: str
    floor: int
    tags: tuple[str, ...]
    created_at: datetime
    external_userid: str = ""


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """Something sold or used up, with its catalogue price in yuan for one measure."""

    code: str
    name: str
    category: str
    price: Decimal
    measure: str = "台"


@dataclass(frozen=True, slots=True)
class PurchasePlan:
    """One shop order; ``customer`` is an index into the customers, lines are (product code, quantity)."""

    no: str
    customer: int
    unit: str
    placed_at: datetime
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The whole of it."""

    staff: tuple[StaffPlan, ...]
    customers: tuple[CustomerPlan, ...]
    products: tuple[ProductPlan, ...]
    spare_parts: tuple[ProductPlan, ...]
    purchases: tuple[PurchasePlan, ...]


PRODUCTS = (
    ProductPlan("AC-15", "静风 1.5 匹变频挂机", "空调", Decimal("2899.00")),
    ProductPlan("AC-30", "静风 3 匹柜机", "空调", Decimal("6299.00")),
    ProductPlan("AC-CN", "家用中央空调一拖四", "空调", Decimal("21800.00")),
    ProductPlan("WH-60", "恒温 60 升电热水器", "热水器", Decimal("1599.00")),
    ProductPlan("WM-10", "滚筒洗衣机 10 公斤", "洗衣机", Decimal("3499.00")),
    ProductPlan("RF-50", "多门冰箱 500 升", "冰箱", Decimal("4999.00")),
    ProductPlan("HD-01", "侧吸油烟机", "厨电", Decimal("2199.00")),
    ProductPlan("WP-08", "净水器 800G", "净水", Decimal("2699.00")),
)

SPARE_PARTS = (
    ProductPlan("PJ-TG-03", "加长铜管 3 米", "管路", Decimal("180.00"), "根"),
    ProductPlan("PJ-TG-05", "加长铜管 5 米", "管路", Decimal("280.00"), "根"),
    ProductPlan("PJ-ZJ-15", "外机支架（1.5 匹）", "安装辅材", Decimal("120.00"), "副"),
    ProductPlan("PJ-ZJ-30", "外机支架（3 匹）", "安装辅材", Decimal("200.00"), "副"),
    ProductPlan("PJ-KG-25", "空气开关 25A", "电气", Decimal("65.00"), "个"),
    ProductPlan("PJ-PB-15", "变频主板（1.5 匹）", "电气", Decimal("560.00"), "块"),
    ProductPlan("PJ-LM-32", "制冷剂 R32", "耗材", Decimal("90.00"), "公斤"),
    ProductPlan("PJ-LX-PP", "净水器 PP 棉滤芯", "耗材", Decimal("59.00"), "支"),
)

# filled in from the moment the company is made for
_OVERWRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
# the story's customer: chats with 小李 of 武汉光谷店 in the sandbox
STORY_CUSTOMER = CustomerPlan(
    name="王女士",
    phone="13907110001",
    unit="WH-GG",
    city="武汉",
    district="洪山区",
    address="洪山区珞喻路 1037 号锦绣花园 3 栋 2 单元 602",
    floor=6,
    tags=("新房装修",),
    created_at=_OVERWRITTEN,
    external_userid="wmSandboxWangNvshi0000000000001",
)


def make(*, seed: int, now: datetime) -> Company:
    """The company as of ``now``."""
    chance = random.Random(seed)  # noqa: S311 - the same company every time
    customers = (_story_customer(now), *_customers(chance, now))
    return Company(
        staff=tuple(_staff(chance)),
        customers=customers,
        products=PRODUCTS,
        spare_parts=SPARE_PARTS,
        purchases=tuple(_purchases(chance, customers, now)),
    )


def _story_customer(now: datetime) -> CustomerPlan:
    story = STORY_CUSTOMER
    return CustomerPlan(
        name=story.name,
        phone=story.phone,
        unit=story.unit,
        city=story.city,
        district=story.district,
        address=story.address,
        floor=story.floor,
        tags=story.tags,
        created_at=now - timedelta(days=200),
        external_userid=story.external_userid,
    )


def _person(chance: random.Random) -> str:
    given = "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))
    return chance.choice(_SURNAMES) + given


def _staff(chance: random.Random) -> list[StaffPlan]:
    """The accounts first, then a manager and an agent for every outlet, then field workers up to sixty people."""
    city = {unit.code: unit.city for unit in UNITS}
    plans: list[tuple[str, str, str, str | None]] = [(a.name, a.role, a.unit, a.login) for a in ACCOUNTS]
    plans += [(_person(chance), "hq_operator", "HQ-QC", None)]
    plans += [(_person(chance), "region_manager", code, None) for code in ("HD", "XN")]
    for unit in OUTLETS:
        if unit.code != "WH-GG":
            plans += [
                (_person(chance), "store_manager", unit.code, None),
                (_person(chance), "agent", unit.code, None),
            ]
    outlets = [unit.code for unit in OUTLETS]
    while len(plans) < STAFF:
        plans.append((_person(chance)[0] + "师傅", "field_worker", outlets[len(plans) % len(outlets)], None))
    return [
        StaffPlan(
            number=f"Y{1000 + index}",
            name=name,
            role=role,
            unit=unit,
            city=city[unit],
            phone=f"137{20000000 + index * 137:08d}",
            login=login,
            skills=_skills(chance, login) if role == "field_worker" else (),
            wecom_userid=login or f"y{1000 + index}",
        )
        for index, (name, role, unit, login) in enumerate(plans)
    ]


def _skills(chance: random.Random, login: str | None) -> tuple[str, ...]:
    if login or chance.random() < 0.6:
        return ("空调安装", "高空作业")
    return ("空调安装",) if chance.random() < 0.8 else ("空调安装", "热水器", "净水")


def _customers(chance: random.Random, now: datetime) -> list[CustomerPlan]:
    taken: set[str] = set()
    plans = []
    for _ in range(CUSTOMERS - 1):
        outlet = chance.choices(OUTLETS, weights=[3 if unit.kind == "store" else 1 for unit in OUTLETS])[0]
        district = chance.choice(DISTRICTS[outlet.city])
        floor = chance.choices(range(1, 33), weights=[32 - n // 2 for n in range(32)])[0]
        phone = _phone(chance, taken)
        street = f"{chance.choice(_ROADS)} {chance.randint(1, 999)} 号"
        home = f"{chance.choice(_ESTATES)} {chance.randint(1, 20)} 栋 {floor:02d}{chance.randint(1, 4):02d}"
        plans.append(
            CustomerPlan(
                name=_person(chance)
                if chance.random() < 0.6
                else chance.choice(_SURNAMES) + chance.choice(("女士", "先生")),
                phone=phone,
                unit=outlet.code,
                city=outlet.city,
                district=district,
                address=f"{district}{street}{home}",
                floor=floor,
                tags=tuple(sorted(chance.sample(_TAGS, chance.choice((0, 0, 1, 1, 2))))),
                created_at=now - timedelta(days=chance.uniform(5, 400)),
            )
        )
    return plans


def _phone(chance: random.Random, taken: set[str]) -> str:
    while True:
        phone = f"1{chance.choice('3578')}{chance.randint(0, 9)}{chance.randint(0, 99_999_999):08d}"
        if phone not in taken and phone != STORY_CUSTOMER.phone:
            taken.add(phone)
            return phone


def _purchases(
    chance: random.Random, customers: tuple[CustomerPlan, ...], now: datetime
) -> list[PurchasePlan]:
    plans = []
    for index, customer in enumerate(customers):
        for _ in range(2 if index == 0 else chance.choices((0, 1, 2, 3), weights=(2, 5, 2, 1))[0]):
            since = (now - customer.created_at).total_seconds()
            placed = customer.created_at + timedelta(seconds=chance.uniform(0, since * 0.95))
            products = chance.sample(PRODUCTS, chance.choice((1, 1, 2)))
            lines = tuple((product.code, chance.choice((1, 1, 1, 2))) for product in products)
            plans.append(PurchasePlan("", index, customer.unit, placed, lines))
    plans.sort(key=lambda plan: plan.placed_at)
    return [
        PurchasePlan(
            f"SO{plan.placed_at:%Y%m%d}{n:05d}", plan.customer, plan.unit, plan.placed_at, plan.lines
        )
        for n, plan in enumerate(plans, start=1)
    ]
