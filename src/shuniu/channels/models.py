"""Tables of channels. Private to this domain."""

from django.db import models
from django.db.models import F, Q

from shuniu.channels.contracts import DeliveryResult, Direction, InboxStatus, Origin, OutboxStatus


class ChannelAccount(models.Model):
    """One connection to WeCom: an enterprise and its self-built application.

    Secrets are ciphers; each has a next one, so that keys are changed without a moment in which none fits.
    `unit` owns the contacts nobody in particular has added.
    """

    name = models.CharField(max_length=60)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    corp_id = models.CharField(max_length=64)
    agent_id = models.CharField(max_length=32)
    api_base = models.CharField(max_length=200)
    authorize_base = models.CharField(max_length=200)
    jssdk_url = models.CharField(max_length=200, default="", blank=True)
    secret_cipher = models.BinaryField(null=True)
    next_secret_cipher = models.BinaryField(null=True)
    token_cipher = models.BinaryField(null=True)
    aes_key_cipher = models.BinaryField(null=True)
    next_token_cipher = models.BinaryField(null=True)
    next_aes_key_cipher = models.BinaryField(null=True)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    last_callback_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "channel_account"
        constraints = [
            models.UniqueConstraint(fields=["corp_id", "agent_id"], name="channel_account_once"),
            models.CheckConstraint(
                condition=Q(token_cipher__isnull=True, aes_key_cipher__isnull=True)
                | Q(token_cipher__isnull=False, aes_key_cipher__isnull=False),
                name="channel_account_callback_keys_together",
            ),
            models.CheckConstraint(
                condition=Q(next_token_cipher__isnull=True, next_aes_key_cipher__isnull=True)
                | Q(next_token_cipher__isnull=False, next_aes_key_cipher__isnull=False),
                name="channel_account_next_callback_keys_together",
            ),
        ]


class ChannelToken(models.Model):
    """A token or ticket the platform lent us, shared by all processes until it expires."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    secret_hash = models.BinaryField()
    value_cipher = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "channel_token"
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "secret_hash"], name="channel_token_once"),
        ]


class ChannelInbox(models.Model):
    """A callback as it came, kept before anything is made of it. `dedupe_key` makes a second delivery nothing."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    dedupe_key = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    envelope = models.TextField()
    message_cipher = models.BinaryField()
    received_at = models.DateTimeField()
    status = models.CharField(max_length=10, default=InboxStatus.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    understood_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "channel_inbox"
        constraints = [
            models.UniqueConstraint(fields=["account", "dedupe_key"], name="channel_inbox_once"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in InboxStatus]),
                name="channel_inbox_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["new", "failed"], understood_at__isnull=True)
                | Q(status__in=["done", "ignored"], understood_at__isnull=False),
                name="channel_inbox_understood_when_done",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="channel_inbox_waiting", condition=Q(status="new")),
            models.Index(fields=["-received_at", "-id"], name="channel_inbox_by_time"),
        ]


class ChannelContact(models.Model):
    """Somebody outside on one connection."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    external_userid = models.CharField(max_length=64)
    unionid = models.CharField(max_length=64, default="", blank=True)
    name = models.CharField(max_length=80)
    avatar = models.CharField(max_length=500, default="", blank=True)
    origin = models.CharField(max_length=10)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    first_seen_at = models.DateTimeField()
    last_message_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "channel_contact"
        constraints = [
            models.UniqueConstraint(fields=["account", "external_userid"], name="channel_contact_once"),
            models.CheckConstraint(
                condition=Q(origin__in=[origin.value for origin in Origin]),
                name="channel_contact_origin_known",
            ),
        ]
        indexes = [
            models.Index(fields=["external_userid"], name="channel_contact_by_external"),
            models.Index(fields=["unit", "-id"], name="channel_contact_by_unit"),
        ]


class ChannelFollow(models.Model):
    """A member of staff who has added the contact. `staff` is null while the platform's account is nobody we know."""

    contact = models.ForeignKey(ChannelContact, on_delete=models.CASCADE, related_name="follows")
    userid = models.CharField(max_length=64)
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    remark = models.CharField(max_length=80, default="", blank=True)
    add_way = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=64, default="", blank=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "channel_follow"
        constraints = [models.UniqueConstraint(fields=["contact", "userid"], name="channel_follow_once")]


class ChannelMessage(models.Model):
    """A line of chat. Lines are added, never changed."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(ChannelContact, on_delete=models.PROTECT, related_name="+")
    msgid = models.CharField(max_length=128)
    direction = models.CharField(max_length=12)
    kind = models.CharField(max_length=30)
    text = models.TextField(default="", blank=True)
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "channel_message"
        constraints = [
            models.UniqueConstraint(fields=["account", "msgid"], name="channel_message_once"),
            models.CheckConstraint(
                condition=Q(direction__in=[direction.value for direction in Direction]),
                name="channel_message_direction_known",
            ),
        ]
        indexes = [models.Index(fields=["contact", "-sent_at", "-id"], name="channel_message_of")]


class ChannelServiceCursor(models.Model):
    """How far the messages of one 微信客服 account have been read."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+")
    open_kfid = models.CharField(max_length=64)
    cursor = models.CharField(max_length=128)

    class Meta:
        db_table = "channel_service_cursor"
        constraints = [
            models.UniqueConstraint(fields=["account", "open_kfid"], name="channel_service_cursor_once"),
        ]


class ChannelOutbox(models.Model):
    """A message on its way out. `dedupe_key` makes the same wish twice one message."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    dedupe_key = models.CharField(max_length=100)
    msgtype = models.CharField(max_length=30)
    title = models.CharField(max_length=130)
    content = models.JSONField()
    created_at = models.DateTimeField()
    status = models.CharField(max_length=10, default=OutboxStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    platform_msgid = models.CharField(max_length=200, default="", blank=True)
    problem = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "channel_outbox"
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key"], name="channel_outbox_once"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in OutboxStatus]),
                name="channel_outbox_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "failed"], sent_at__isnull=True)
                | Q(status__in=["sent", "partly"], sent_at__isnull=False),
                name="channel_outbox_sent_when_it_says_so",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"], name="channel_outbox_waiting", condition=Q(status="queued")
            ),
            models.Index(F("created_at").desc(), F("id").desc(), name="channel_outbox_by_time"),
        ]


class ChannelDelivery(models.Model):
    """One receiver of a message and what the platform said of them."""

    message = models.ForeignKey(ChannelOutbox, on_delete=models.CASCADE, related_name="deliveries")
    userid = models.CharField(max_length=64)
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=12, default=DeliveryResult.WAITING)

    class Meta:
        db_table = "channel_delivery"
        constraints = [
            models.UniqueConstraint(fields=["message", "userid"], name="channel_delivery_once"),
            models.CheckConstraint(
                condition=Q(result__in=[result.value for result in DeliveryResult]),
                name="channel_delivery_result_known",
            ),
        ]
