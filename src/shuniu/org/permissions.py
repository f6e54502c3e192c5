"""What roles may allow in org."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

UNIT_READ = Permission("org.unit_read", Text("查看组织", "See units"))
UNIT_WRITE = Permission("org.unit_write", Text("管理组织", "Manage units"))
STAFF_READ = Permission("org.staff_read", Text("查看员工", "See staff"))
STAFF_WRITE = Permission("org.staff_write", Text("管理员工", "Manage staff"))
STAFF_PHONE_READ = Permission(
    "org.staff_phone_read", Text("查看员工手机号", "See staff phone numbers"), sensitive=True
)
LOGIN_WRITE = Permission("org.login_write", Text("管理员工登录", "Manage staff logins"), sensitive=True)
ASSIGN = Permission("org.assign", Text("任命角色与岗位", "Assign roles and positions"), sensitive=True)
ROLE_READ = Permission("org.role_read", Text("查看角色与岗位", "See roles and positions"))
ROLE_WRITE = Permission(
    "org.role_write", Text("管理角色与岗位", "Manage roles and positions"), sensitive=True
)
SETTING_READ = Permission("org.setting_read", Text("查看设置", "See settings"))
SETTING_WRITE = Permission("org.setting_write", Text("调整设置", "Change settings"))
CALENDAR_READ = Permission("org.calendar_read", Text("查看工作日历", "See working calendars"))
CALENDAR_WRITE = Permission("org.calendar_write", Text("管理工作日历", "Manage working calendars"))

PERMISSIONS = (
    UNIT_READ,
    UNIT_WRITE,
    STAFF_READ,
    STAFF_WRITE,
    STAFF_PHONE_READ,
    LOGIN_WRITE,
    ASSIGN,
    ROLE_READ,
    ROLE_WRITE,
    SETTING_READ,
    SETTING_WRITE,
    CALENDAR_READ,
    CALENDAR_WRITE,
)
