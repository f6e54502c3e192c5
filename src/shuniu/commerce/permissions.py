"""Who may do what with products and orders."""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ_PRODUCTS = Permission("product.read", Text(zh="查看商品", en="See products"))
MANAGE_PRODUCTS = Permission("product.manage", Text(zh="管理商品", en="Manage products"))
READ_PARTS = Permission("spare_part.read", Text(zh="查看备件", en="See spare parts"))
MANAGE_PARTS = Permission("spare_part.manage", Text(zh="管理备件", en="Manage spare parts"))
READ_ORDERS = Permission("shop_order.read", Text(zh="查看订单", en="See shop orders"))
IMPORT_ORDERS = Permission("shop_order.import", Text(zh="导入订单", en="Import shop orders"))

PERMISSIONS = (READ_PRODUCTS, MANAGE_PRODUCTS, READ_PARTS, MANAGE_PARTS, READ_ORDERS, IMPORT_ORDERS)
