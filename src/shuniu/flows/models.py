"""Tables of flows. Private to this domain.

Open steps are the tokens of a run, closed ones its history. The run's row is the lock: whoever changes anything below
it holds it. Subjects and customers are opaque ids here; `flows` knows no business noun.
"""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shuniu.flows.contracts import EffectStatus, RunStatus, StepStatus, TimerStatus, WaitStatus, WorkStatus


def _one_of(name: str, field: str, values: type[StrEnum]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [v.value for v in values]}), name=name)


class FlowDefinition(models.Model):
    """A flow by its key. `current` is the version that new runs take, none while there is only a draft.

    A flow of a unit is designed by who may design there; without one it is the whole enterprise's.
    """

    key = models.CharField(max_length=60, unique=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    current = models.ForeignKey("FlowVersion", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "flow_definition"


class FlowDraft(models.Model):
    """What the next version of a flow may become: one for all who design it. `rev` counts its savings.

    Its document need not be whole; the check says what is missing.
    """

    definition = models.OneToOneField(FlowDefinition, on_delete=models.CASCADE, related_name="draft")
    base = models.ForeignKey("FlowVersion", on_delete=models.PROTECT, null=True, related_name="+")
    """The version it was begun from."""
    document = models.JSONField()
    rev = models.IntegerField()
    saved_by = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "flow_draft"
        constraints = [models.CheckConstraint(condition=Q(rev__gte=1), name="flow_draft_rev_positive")]


class FlowVersion(models.Model):
    """A published document. A trigger refuses every change and removal."""

    definition = models.ForeignKey(FlowDefinition, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    document = models.JSONField()
    content_hash = models.BinaryField()
    """SHA-256 of the document's canonical JSON."""
    note = models.CharField(max_length=500, default="", blank=True)
    published_by = models.CharField(max_length=60)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "flow_version"
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="flow_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="flow_version_number_positive"),
        ]


class FlowRun(models.Model):
    """One run of a version over one subject. `facts` are what the run itself knows; `rev` counts its commands."""

    version = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    customer_id = models.BigIntegerField(null=True)
    parent_step = models.ForeignKey("FlowStep", on_delete=models.PROTECT, null=True, related_name="+")
    parent_number = models.IntegerField(null=True)
    """Its number among the sub-flows of the step that waits for it; none when nobody waits."""
    status = models.CharField(max_length=12)
    facts = models.JSONField(default=dict)
    visits_made = models.IntegerField(default=0)
    rev = models.IntegerField(default=0)
    memo = models.JSONField(default=dict, db_default={})
    """What else the engine keeps of a run: events kept, who started it, rungs of its limit."""
    start_key = models.CharField(max_length=200, unique=True)
    start_hash = models.BinaryField()
    started_by = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    remove_after = models.DateTimeField(null=True)

    class Meta:
        db_table = "flow_run"
        constraints = [
            _one_of("flow_run_status_known", "status", RunStatus),
            models.CheckConstraint(
                condition=Q(status__in=["running", "suspended"], ended_at__isnull=True)
                | Q(status__in=["ended", "cancelled"], ended_at__isnull=False),
                name="flow_run_over_has_end",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="flow_run_of_subject"),
            models.Index(fields=["version", "status"], name="flow_run_of_version"),
            models.Index(
                fields=["customer_id"],
                name="flow_run_of_customer",
                condition=Q(status="running", customer_id__isnull=False),
            ),
            models.Index(
                fields=["remove_after"], name="flow_run_removable", condition=Q(remove_after__isnull=False)
            ),
        ]


class FlowStep(models.Model):
    """One token's stay at a node. `visit` numbers the stays of a run; `via` maps each node of the token's path to
    its latest visit (for returns and joins); `origin` is the visit the token came from.

    `due_at` and `warn_at` are the moments the light turns red and yellow; none while the limit stands still.
    `ending` says how a closed step ended, `party` who answered it, `joined` the visit a lane was joined into.
    """

    run = models.ForeignKey(FlowRun, on_delete=models.CASCADE, related_name="steps")
    visit = models.IntegerField()
    node = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    origin = models.IntegerField(null=True)
    edge = models.CharField(max_length=80, default="", blank=True)
    via = models.JSONField(default=dict)
    status = models.CharField(max_length=12)
    outcome = models.CharField(max_length=80, default="", blank=True)
    answers = models.JSONField(default=dict)
    works_made = models.IntegerField(default=0)
    effects_made = models.IntegerField(default=0)
    returned_from = models.IntegerField(null=True)
    level = models.SmallIntegerField(default=0, db_default=0)
    form = models.CharField(max_length=60, null=True)
    ending = models.CharField(max_length=12, default="", db_default="", blank=True)
    party = models.CharField(max_length=40, default="", db_default="", blank=True)
    joined = models.IntegerField(null=True)
    undone = models.BooleanField(default=False, db_default=False)
    """What it did was taken back."""
    memo = models.JSONField(default=dict, db_default={})
    """What else the engine keeps of an open step: level, votes, claims, waits, sub-flows, incident."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, default="", blank=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    """The limit lies in days whose holidays are not published yet."""
    working_seconds = models.IntegerField(null=True)

    class Meta:
        db_table = "flow_step"
        constraints = [
            models.UniqueConstraint(fields=["run", "visit"], name="flow_step_visit_once"),
            _one_of("flow_step_status_known", "status", StepStatus),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True)
                | (~Q(status="open") & Q(closed_at__isnull=False)),
                name="flow_step_closed_has_end",
            ),
        ]
        indexes = [
            models.Index(fields=["run"], name="flow_step_open", condition=Q(status="open")),
            models.Index(fields=["due_at", "run"], name="flow_step_due", condition=Q(status="open")),
            models.Index(fields=["node", "closed_at"], name="flow_step_of_node"),
            models.Index(
                fields=["run", "joined"], name="flow_step_joined", condition=Q(joined__isnull=False)
            ),
        ]


class FlowWork(models.Model):
    """One party asked on a step: the inbox. Customers and effects have no staff."""

    run = models.ForeignKey(FlowRun, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(FlowStep, on_delete=models.CASCADE, related_name="works")
    number = models.IntegerField()
    party = models.CharField(max_length=12)
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12, default="asked")
    position = models.IntegerField(default=0)
    seat = models.IntegerField(default=0, db_default=0)
    how = models.CharField(max_length=12, default="", db_default="", blank=True)
    """The command that handed it on: transfer, delegate, return."""
    status = models.CharField(max_length=12)
    outcome = models.CharField(max_length=80, default="", blank=True)
    comment = models.CharField(max_length=500, default="", blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "flow_work"
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="flow_work_number_once"),
            _one_of("flow_work_status_known", "status", WorkStatus),
            models.CheckConstraint(
                condition=Q(party="staff", staff__isnull=False)
                | Q(party__in=["customer", "system"], staff__isnull=True),
                name="flow_work_party_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True)
                | (~Q(status="open") & Q(closed_at__isnull=False)),
                name="flow_work_closed_has_end",
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "-id"], name="flow_work_inbox", condition=Q(status="open")),
            models.Index(fields=["staff", "-closed_at"], name="flow_work_done", condition=Q(status="done")),
            models.Index(fields=["run"], name="flow_work_of_run"),
        ]


class FlowWait(models.Model):
    """A step that waits for an event: with a correlation, or (none) about the run's own subject or customer."""

    run = models.ForeignKey(FlowRun, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(FlowStep, on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    event = models.CharField(max_length=80)
    correlation = models.CharField(max_length=200, null=True)
    status = models.CharField(max_length=12)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    met_by_event = models.BigIntegerField(null=True)

    class Meta:
        db_table = "flow_wait"
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="flow_wait_number_once"),
            _one_of("flow_wait_status_known", "status", WaitStatus),
        ]
        indexes = [
            models.Index(fields=["event", "correlation"], name="flow_wait_open", condition=Q(status="open")),
        ]


class FlowTimer(models.Model):
    """A rung of a step's limit, kept as a ledger: budget, consumed, running since. `fire_at` is derived from them.

    Days of a working calendar are whole working days, so a budget is either seconds or days; a moment that is given
    has neither. Without a step it is the limit of the whole run.
    """

    run = models.ForeignKey(FlowRun, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(FlowStep, on_delete=models.CASCADE, null=True, related_name="timers")
    rung = models.CharField(max_length=40)
    clock = models.CharField(max_length=8)
    budget_seconds = models.BigIntegerField(null=True)
    budget_days = models.IntegerField(null=True)
    before_seconds = models.BigIntegerField(default=0)
    after_seconds = models.BigIntegerField(default=0, db_default=0)
    consumed_seconds = models.BigIntegerField(default=0)
    running_since = models.DateTimeField(null=True)
    fire_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=12)
    fired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "flow_timer"
        constraints = [
            models.UniqueConstraint(fields=["step", "rung"], name="flow_timer_rung_once"),
            models.UniqueConstraint(
                fields=["run", "rung"], name="flow_timer_of_run_once", condition=Q(step__isnull=True)
            ),
            _one_of("flow_timer_status_known", "status", TimerStatus),
            models.CheckConstraint(
                condition=Q(budget_seconds__isnull=True) | Q(budget_days__isnull=True),
                name="flow_timer_one_budget",
            ),
            models.CheckConstraint(
                condition=~Q(status="armed") | Q(fire_at__isnull=False), name="flow_timer_armed_has_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["fire_at", "id"], name="flow_timer_due", condition=Q(status="armed")),
            models.Index(fields=["run"], name="flow_timer_of_run", condition=Q(status="armed")),
        ]


class FlowEffect(models.Model):
    """The outbox of effects: each runs after the commit of its step, under the key (step, number)."""

    run = models.ForeignKey(FlowRun, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(FlowStep, on_delete=models.CASCADE, related_name="effects")
    number = models.IntegerField()
    effect = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    awaited = models.BooleanField(default=False)
    status = models.CharField(max_length=12)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    wanted_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    error = models.CharField(max_length=500, default="", blank=True)
    settled_by = models.CharField(max_length=60, default="", blank=True)
    """Who retried or skipped it after it had failed for good."""
    settled_why = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "flow_effect"
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="flow_effect_number_once"),
            _one_of("flow_effect_status_known", "status", EffectStatus),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="flow_effect_pending", condition=Q(status="pending")),
            models.Index(fields=["-id"], name="flow_effect_incident", condition=Q(status="incident")),
            models.Index(fields=["run"], name="flow_effect_of_run"),
        ]


class FlowCommand(models.Model):
    """Every command of a run, in order; `content` replays to the run's state. `kinds` says what it did."""

    run = models.ForeignKey(FlowRun, on_delete=models.CASCADE, related_name="+")
    rev = models.IntegerField()
    key = models.CharField(max_length=200)
    kinds = ArrayField(models.CharField(max_length=20))
    content = models.JSONField()
    content_hash = models.BinaryField()
    """SHA-256 of what was asked, without what was looked up to answer it."""
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        db_table = "flow_command"
        constraints = [
            models.UniqueConstraint(fields=["run", "rev"], name="flow_command_rev_once"),
            models.UniqueConstraint(fields=["run", "key"], name="flow_command_key_once"),
        ]


class FlowDeputy(models.Model):
    """Somebody stands in for somebody from a moment until a moment: either answers what the other is asked."""

    staff = models.ForeignKey("org.Staff", on_delete=models.CASCADE, related_name="+")
    deputy = models.ForeignKey("org.Staff", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    note = models.CharField(max_length=200, default="", blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "flow_deputy"
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="flow_deputy_runs_forward"),
            models.CheckConstraint(condition=~Q(staff=F("deputy")), name="flow_deputy_is_another"),
        ]
        indexes = [
            models.Index(fields=["staff", "until"], name="flow_deputy_of", condition=Q(ended_at__isnull=True))
        ]
