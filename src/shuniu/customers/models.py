"""Tables of customers. Private to this domain."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from shuniu.customers.contracts import IdentityKind, Source, Stage


class Customer(models.Model):
    """One person. `merged_into` points at who they turned out to be; history is not rewritten."""

    name = models.CharField(max_length=80)
    name_sort = models.CharField(max_length=200, db_collation="C")
    phone_cipher = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    phone_last4 = models.CharField(max_length=4, default="", blank=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    city = models.CharField(max_length=40, default="", blank=True)
    district = models.CharField(max_length=40, default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)
    stage = models.CharField(max_length=20, default=Stage.LEAD)
    source = models.CharField(max_length=20, default=Source.CONSOLE)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    note = models.CharField(max_length=500, default="", blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "customer"
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]), name="customer_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=[source.value for source in Source]), name="customer_source_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="customer_not_merged_into_self",
            ),
            models.CheckConstraint(
                condition=Q(phone_cipher__isnull=True, phone_hash__isnull=True, phone_last4="")
                | Q(phone_cipher__isnull=False, phone_hash__isnull=False),
                name="customer_phone_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(phone_cipher__isnull=True, address="", note=""),
                name="customer_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="customer_by_unit"),
            models.Index(fields=["owner", "-id"], name="customer_by_owner"),
            models.Index(fields=["name_sort", "id"], name="customer_by_name"),
            models.Index(fields=["created_at", "id"], name="customer_by_created"),
            models.Index(fields=["phone_hash"], name="customer_by_phone"),
            models.Index(fields=["phone_last4"], name="customer_by_last4"),
            models.Index(
                fields=["merged_into"], name="customer_merged", condition=Q(merged_into__isnull=False)
            ),
            GinIndex(fields=["tags"], name="customer_by_tag"),
        ]


class CustomerIdentity(models.Model):
    """An outside account of one customer. `value` of a phone is its keyed hash in hex."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=30)
    value = models.CharField(max_length=200)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "customer_identity"
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="customer_identity_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in IdentityKind]),
                name="customer_identity_kind_known",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="customer_identity_value_given"),
        ]


class CustomerIdentityChange(models.Model):
    """Why an identity came to or left a customer: the record behind merging and unmerging."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    value = models.CharField(max_length=200)
    change = models.CharField(max_length=10)
    why = models.CharField(max_length=200)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        db_table = "customer_identity_change"
        constraints = [
            models.CheckConstraint(
                condition=Q(change__in=["linked", "unlinked", "refused"]),
                name="customer_identity_change_known",
            ),
        ]
        indexes = [models.Index(fields=["customer", "-id"], name="customer_identity_change_of")]
