"""Who may do what with customers."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission("customer.read", Text(zh="查看客户", en="See customers"))
CREATE = Permission("customer.create", Text(zh="新建客户", en="Create customers"))
UPDATE = Permission("customer.update", Text(zh="修改客户", en="Change customers"))
SEE_PHONE = Permission(
    "customer.see_phone", Text(zh="查看客户手机号", en="See customers' phone numbers"), sensitive=True
)
EXPORT = Permission("customer.export", Text(zh="导出客户", en="Export customers"), sensitive=True)
IMPORT = Permission("customer.import", Text(zh="导入客户", en="Import customers"))

PERMISSIONS = (READ, CREATE, UPDATE, SEE_PHONE, EXPORT, IMPORT)
