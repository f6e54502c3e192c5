"""Who there is in the sandbox: one enterprise, its application, its members, its customers."""

from dataclasses import dataclass

CORP_ID = "wwsandbox0yueju0001"
AGENT_ID = 1000002
# known to everybody, as the demo's passwords are; the sandbox runs beside demo companies only
SECRET = "sandbox-app-secret-for-the-demo-only"  # noqa: S105
TOKEN = "sandboxCallbackToken"  # noqa: S105
AES_KEY = "c2FuZGJveEFlc0tleUZvclRoZURlbW9Db21wYW55MDE"
SERVICE_ID = "wkSandboxService00000000001"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the enterprise."""

    userid: str
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody outside, in WeChat."""

    external_userid: str
    name: str
    unionid: str
    added_by: str
    suggestions: tuple[str, ...]


MEMBERS = (
    Member("xiaoli", "小李", "武汉光谷店 · 客服"),
    Member("zhang", "张师傅", "武汉光谷店 · 师傅"),
    Member("chen", "陈店长", "武汉光谷店 · 店长"),
    Member("zhou", "周经理", "华中大区经理"),
    Member("qian", "钱会计", "总部 · 财务"),
    Member("sun", "孙运营", "总部运营"),
    Member("admin", "系统管理员", "总部"),
)
AGENT = MEMBERS[0]
WANG = Customer(
    external_userid="wmSandboxWangNvshi0000000000001",
    name="王女士",
    unionid="unSandboxWangNvshi001",
    added_by=AGENT.userid,
    suggestions=(
        "你好，上周在你们店买的空调到货了",
        "新空调要装在 6 楼，外墙没有平台，能安排师傅吗？",
        "明天下午两点以后家里有人",
        "谢谢，师傅大概什么时候到？",
    ),
)
STRANGER = Customer(
    external_userid="wmSandboxMoshengren00000000002",
    name="热心网友",
    unionid="unSandboxStranger002",
    added_by=AGENT.userid,
    suggestions=("你好，你们店清洗空调多少钱？", "我家在光谷，3 楼"),
)
CUSTOMERS = (WANG, STRANGER)
