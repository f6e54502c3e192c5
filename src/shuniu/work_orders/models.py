"""Tables of work orders. Private to this domain."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shuniu.work_orders.contracts import OfferOutcome, OrderSource, OrderStatus, Priority, Sender


def _one_of(name: str, field: str, values: type[StrEnum]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [v.value for v in values]}), name=name)


def _by_moment(name: str) -> models.Index:
    return models.Index(
        fields=[f"{name}_at", "id"],
        name=f"work_order_by_{name}",
        condition=Q(**{f"{name}_at__isnull": False}),
    )


class WorkOrderKind(models.Model):
    """A kind of order: the flow it runs, how long it takes, what it needs of a field worker."""

    key = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    flow_key = models.CharField(max_length=60)
    service_minutes = models.IntegerField()
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    difficulty = models.DecimalField(max_digits=6, decimal_places=3, default=1)
    facts = models.JSONField(default=dict)
    on_site = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "work_order_kind"
        constraints = [
            models.CheckConstraint(condition=Q(service_minutes__gt=0), name="work_order_kind_takes_time"),
            models.CheckConstraint(condition=Q(difficulty__gt=0), name="work_order_kind_difficulty_positive"),
        ]


class WorkOrder(models.Model):
    """One order. Where it stands is its run's business; the columns here are what lists filter and money needs."""

    no = models.CharField(max_length=24, unique=True)
    kind = models.ForeignKey(WorkOrderKind, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=500)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    priority = models.CharField(max_length=8)
    source = models.CharField(max_length=12)
    contact_name = models.CharField(max_length=80, default="", blank=True)
    phone_cipher = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    phone_last4 = models.CharField(max_length=4, default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)
    city = models.CharField(max_length=40, default="", blank=True)
    floor = models.SmallIntegerField(null=True)
    facts = models.JSONField(default=dict)
    run = models.ForeignKey("flows.FlowRun", on_delete=models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_how = models.CharField(max_length=12, default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    rating = models.SmallIntegerField(null=True)
    solved = models.BooleanField(null=True)
    rating_comment = models.CharField(max_length=500, default="", blank=True)
    rated_at = models.DateTimeField(null=True)
    link_version = models.SmallIntegerField(default=1)
    created_by = models.CharField(max_length=60)
    created_by_staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "work_order"
        constraints = [
            _one_of("work_order_priority_known", "priority", Priority),
            _one_of("work_order_source_known", "source", OrderSource),
            _one_of("work_order_status_known", "status", OrderStatus),
            models.CheckConstraint(
                condition=Q(status__in=["open", "done"], closed_at__isnull=True)
                | Q(status__in=["closed", "cancelled"], closed_at__isnull=False),
                name="work_order_over_has_end",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="work_order_rating_in_range",
            ),
            models.CheckConstraint(
                condition=Q(phone_cipher__isnull=True, phone_hash__isnull=True, phone_last4="")
                | Q(phone_cipher__isnull=False, phone_hash__isnull=False),
                name="work_order_phone_whole_or_absent",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status", "-id"], name="work_order_by_unit"),
            models.Index(fields=["status", "-id"], name="work_order_by_status"),
            models.Index(fields=["kind", "-id"], name="work_order_by_kind"),
            models.Index(fields=["customer", "-id"], name="work_order_by_customer"),
            models.Index(
                fields=["worker", "-id"], name="work_order_by_worker", condition=Q(worker__isnull=False)
            ),
            models.Index(
                fields=["worker", "accepted_at"],
                name="work_order_booked",
                condition=Q(accepted_at__isnull=False),
            ),
            models.Index(fields=["created_by_staff", "-id"], name="work_order_by_creator"),
            models.Index(fields=["opened_at", "id"], name="work_order_by_opened"),
            models.Index(fields=["closed_at", "id"], name="work_order_by_closed"),
            *(_by_moment(name) for name in ("accepted", "completed", "confirmed", "rated")),
            models.Index(fields=["phone_hash"], name="work_order_by_phone"),
            models.Index(fields=["phone_last4", "-id"], name="work_order_by_last4"),
            models.Index(fields=["run"], name="work_order_by_run"),
        ]


class WorkOrderOffer(models.Model):
    """An order offered to a field worker. `candidates` keeps everyone weighed, with figures and reasons."""

    order = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="offers")
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, related_name="+")
    by_hand = models.BooleanField(default=False)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, null=True)
    reason = models.CharField(max_length=500, default="", blank=True)
    candidates = models.JSONField(default=list)

    class Meta:
        db_table = "work_order_offer"
        constraints = [
            models.UniqueConstraint(
                fields=["order"], name="work_order_offer_one_open", condition=Q(outcome__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, answered_at__isnull=True)
                | Q(outcome__in=[o.value for o in OfferOutcome], answered_at__isnull=False),
                name="work_order_offer_answer_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "-id"], name="work_order_offer_of_order"),
            models.Index(fields=["staff", "-offered_at"], name="work_order_offer_of_staff"),
        ]


class WorkOrderMessage(models.Model):
    """A chat line captured when the order was made."""

    order = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    sender = models.CharField(max_length=10)
    sender_name = models.CharField(max_length=80, default="", blank=True)
    text = models.CharField(max_length=2000)

    class Meta:
        db_table = "work_order_message"
        constraints = [_one_of("work_order_message_sender_known", "sender", Sender)]
        indexes = [models.Index(fields=["order", "at", "id"], name="work_order_message_of_order")]


class WorkOrderUrge(models.Model):
    """Someone urged whoever an order waits for."""

    order = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    node = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "work_order_urge"
        indexes = [models.Index(fields=["order", "-at"], name="work_order_urge_of_order")]


class WorkOrderLinkUse(models.Model):
    """How often a progress link, or an address with wrong links, was used in one minute."""

    pk = models.CompositePrimaryKey("key", "minute")
    key = models.BinaryField()
    minute = models.DateTimeField()
    uses = models.IntegerField()

    class Meta:
        db_table = "work_order_link_use"
