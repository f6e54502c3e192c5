"""The demo accounts, printed at start and offered on the login page in demo mode only."""

from dataclasses import dataclass

PASSWORD = "shuniu-demo"  # noqa: S105 - printed at every start of the demo


@dataclass(frozen=True, slots=True)
class Account:
    """A login of the demo company; ``unit`` is the code of the unit where the role is held."""

    login: str
    name: str
    role: str
    unit: str
    title_zh: str
    title_en: str


ACCOUNTS = (
    Account("admin", "系统管理员", "admin", "HQ", "系统管理员", "Administrator"),
    Account("sun", "孙运营", "hq_operator", "HQ", "总部运营", "HQ operator"),
    Account("qian", "钱会计", "finance", "HQ", "财务", "Finance"),
    Account("zhou", "周经理", "region_manager", "HZ", "华中大区经理", "Region manager, Central China"),
    Account("chen", "陈店长", "store_manager", "WH-GG", "武汉光谷店店长", "Store manager, Wuhan Guanggu"),
    Account("xiaoli", "小李", "agent", "WH-GG", "武汉光谷店客服", "Agent, Wuhan Guanggu"),
    Account("zhang", "张师傅", "field_worker", "WH-GG", "武汉光谷店师傅", "Field worker, Wuhan Guanggu"),
)
