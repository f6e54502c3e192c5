"""Tables of commerce. Private to this domain."""

from django.db import models
from django.db.models import Q

from shuniu.commerce.contracts import ItemKind, ShopOrderStatus


class Product(models.Model):
    """Something sold, or a spare part field workers use up. `price` is the list price of one `measure` in yuan."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_sort = models.CharField(max_length=200, db_collation="C")
    price = models.DecimalField(max_digits=14, decimal_places=2)
    category = models.CharField(max_length=40, default="", blank=True)
    kind = models.CharField(max_length=10, default=ItemKind.GOODS.value, db_default=ItemKind.GOODS.value)
    measure = models.CharField(max_length=10, default="", db_default="", blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "product"
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="product_price_not_negative"),
            models.CheckConstraint(condition=~Q(code=""), name="product_code_given"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ItemKind]), name="product_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["kind", "name_sort", "id"], name="product_by_kind_and_name")]


class ShopOrder(models.Model):
    """A purchase of one customer, credited to one store. Money in yuan."""

    no = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10)
    total = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        db_table = "shop_order"
        constraints = [
            models.CheckConstraint(condition=Q(total__gte=0), name="shop_order_total_not_negative"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in ShopOrderStatus]),
                name="shop_order_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["placed", "closed"]) | Q(paid_at__isnull=False),
                name="shop_order_paid_when_it_says_so",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-placed_at"], name="shop_order_by_customer"),
            models.Index(fields=["unit", "-placed_at"], name="shop_order_by_unit"),
            models.Index(fields=["-placed_at", "-id"], name="shop_order_by_time"),
        ]


class OrderLine(models.Model):
    """A line of an order. It grows with the population, so the customer comes first in its key and nothing points
    at it.
    """

    pk = models.CompositePrimaryKey("customer_id", "shop_order_id", "number")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    shop_order = models.ForeignKey(ShopOrder, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    price = models.DecimalField(max_digits=14, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        db_table = "order_line"
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_quantity_positive"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="order_line_amount_not_negative"),
        ]


class OrderRefund(models.Model):
    """Money given back for an order. `key` is the shop's own number of it."""

    shop_order = models.ForeignKey(ShopOrder, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        db_table = "shop_order_refund"
        constraints = [
            models.UniqueConstraint(fields=["shop_order", "key"], name="shop_order_refund_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="shop_order_refund_positive"),
        ]


class Coupon(models.Model):
    """Money off a later order, given to one customer. `key` is the wish that gave it: one wish, one coupon."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=200, unique=True)

    class Meta:
        db_table = "coupon"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="coupon_amount_positive"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("given_at")), name="coupon_runs_forward"
            ),
        ]
        indexes = [models.Index(fields=["customer", "valid_until"], name="coupon_by_customer")]
