"""What commerce records in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "product.create": Text("新建商品", "Product created"),
        "product.update": Text("修改商品", "Product changed"),
        "product.archive": Text("下架商品", "Product taken off sale"),
        "product.load": Text("导入商品", "Product imported"),
        "spare_part.create": Text("新建备件", "Spare part created"),
        "spare_part.update": Text("修改备件", "Spare part changed"),
        "spare_part.archive": Text("停用备件", "Spare part retired"),
        "spare_part.load": Text("导入备件", "Spare part imported"),
        "coupon.give": Text("发放优惠券", "Coupon given"),
        "shop_order.load": Text("导入订单", "Shop order imported"),
        "shop_order.refund": Text("登记退款", "Refund recorded"),
    },
    things={
        "product": Text("商品或备件", "Product or spare part"),
    },
    fields={
        "price": Text("价格", "Price"),
        "no": Text("编号", "No."),
        "measure": Text("计量单位", "Unit of measure"),
        "category": Text("分类", "Category"),
    },
)
