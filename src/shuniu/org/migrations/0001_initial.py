import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, default="", max_length=60)),
                ("zone", models.CharField(max_length=40)),
                ("week", models.JSONField()),
                ("follows_holidays", models.BooleanField(default=True)),
                ("known_until", models.DateField(null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "org_calendar",
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, default="", max_length=60)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "org_position",
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, default="", max_length=60)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("builtin", models.BooleanField(default=False)),
                (
                    "offered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "org_role",
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=255, unique=True)),
                ("depth", models.PositiveIntegerField()),
                ("numchild", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(max_length=80)),
                ("name_sort", models.CharField(db_collation="C", max_length=200)),
                ("kind", models.CharField(max_length=12)),
                ("code", models.CharField(max_length=32, unique=True)),
                ("city", models.CharField(blank=True, default="", max_length=40)),
                ("province", models.CharField(blank=True, default="", max_length=40)),
                ("address", models.CharField(blank=True, default="", max_length=200)),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("phone", models.CharField(blank=True, default="", max_length=30)),
                ("opening_hours", models.CharField(blank=True, default="", max_length=80)),
                ("created_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "org_unit",
                "indexes": [
                    models.Index(fields=["name_sort", "id"], name="org_unit_by_name"),
                    models.Index(fields=["city"], name="org_unit_by_city"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("depth__gte", 1), ("depth__lte", 10)), name="org_unit_depth"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("depth", 1)), fields=("depth",), name="org_unit_one_root"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("depth", 1), _negated=True), ("kind", "hq"), _connector="OR"
                        ),
                        name="org_unit_root_is_hq",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["hq", "region", "store", "partner", "department"])),
                        name="org_unit_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="org_unit_place_on_earth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("name_sort", models.CharField(db_collation="C", max_length=200)),
                ("number", models.CharField(max_length=32, null=True, unique=True)),
                ("phone_cipher", models.BinaryField(null=True)),
                ("phone_hash", models.BinaryField(null=True)),
                ("phone_last4", models.CharField(blank=True, default="", max_length=4)),
                ("wecom_userid", models.CharField(max_length=64, null=True, unique=True)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("city", models.CharField(blank=True, default="", max_length=40)),
                ("created_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "home_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "org_staff",
            },
        ),
        migrations.CreateModel(
            name="DepartmentService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "org_department_service",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                (
                    "position",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.position",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.role",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="org.staff",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "org_assignment",
            },
        ),
        migrations.CreateModel(
            name="UnitSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("value", models.JSONField(null=True)),
                ("bounds", models.JSONField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=80)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "org_setting",
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("hours", models.JSONField()),
                ("name", models.CharField(blank=True, default="", max_length=60)),
                ("source", models.CharField(default="person", max_length=8)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="org.calendar"
                    ),
                ),
            ],
            options={
                "db_table": "org_calendar_day",
                "constraints": [
                    models.UniqueConstraint(fields=("calendar", "day"), name="org_calendar_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["seed", "person"])),
                        name="org_calendar_day_source_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("permission", models.CharField(max_length=80)),
                ("scope", models.CharField(max_length=8)),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grants", to="org.role"
                    ),
                ),
            ],
            options={
                "db_table": "org_role_grant",
                "constraints": [
                    models.UniqueConstraint(fields=("role", "permission"), name="org_role_grant_once"),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["own", "unit", "subtree", "all"])),
                        name="org_role_grant_scope_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("why", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.staff"
                    ),
                ),
            ],
            options={
                "db_table": "org_participation",
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id"], name="org_participation_by_subject")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "subject_kind", "subject_id", "why"), name="org_participation_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticePreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("bell", models.BooleanField(default=True)),
                ("wecom", models.BooleanField(default=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.staff"
                    ),
                ),
            ],
            options={
                "db_table": "org_notice_preference",
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "kind"), name="org_notice_preference_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("urgent", models.BooleanField(default=False)),
                ("in_bell", models.BooleanField(default=True)),
                ("by_wecom", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.staff"
                    ),
                ),
            ],
            options={
                "db_table": "org_notice",
                "indexes": [
                    models.Index(
                        condition=models.Q(("in_bell", True)),
                        fields=["staff", "-id"],
                        name="org_notice_by_staff",
                    ),
                    models.Index(
                        condition=models.Q(("in_bell", True), ("read_at__isnull", True)),
                        fields=["staff"],
                        name="org_notice_unread",
                    ),
                    models.Index(fields=["at"], name="org_notice_age"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="staff",
            index=models.Index(fields=["home_unit", "id"], name="org_staff_by_unit"),
        ),
        migrations.AddIndex(
            model_name="staff",
            index=models.Index(fields=["name_sort", "id"], name="org_staff_by_name"),
        ),
        migrations.AddIndex(
            model_name="staff",
            index=models.Index(fields=["city"], name="org_staff_by_city"),
        ),
        migrations.AddIndex(
            model_name="staff",
            index=models.Index(fields=["phone_hash"], name="org_staff_by_phone"),
        ),
        migrations.AddIndex(
            model_name="staff",
            index=django.contrib.postgres.indexes.GinIndex(fields=["skills"], name="org_staff_by_skill"),
        ),
        migrations.AddConstraint(
            model_name="staff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("phone_cipher__isnull", True), ("phone_hash__isnull", True), ("phone_last4", "")
                    ),
                    models.Q(("phone_cipher__isnull", False), ("phone_hash__isnull", False)),
                    _connector="OR",
                ),
                name="org_staff_phone_whole_or_absent",
            ),
        ),
        migrations.AddConstraint(
            model_name="departmentservice",
            constraint=models.UniqueConstraint(
                fields=("department", "unit"), name="org_department_service_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="departmentservice",
            constraint=models.CheckConstraint(
                condition=models.Q(("department", models.F("unit")), _negated=True),
                name="org_department_serves_others",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["unit", "role"], name="org_assignment_by_unit"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["position", "unit"], name="org_assignment_by_position"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__isnull", False), ("position__isnull", False), _connector="OR"),
                name="org_assignment_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="org_assignment_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("staff", "unit", "role", "position"),
                name="org_assignment_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="unitsetting",
            index=models.Index(fields=["key"], name="org_setting_by_key"),
        ),
        migrations.AddConstraint(
            model_name="unitsetting",
            constraint=models.UniqueConstraint(fields=("unit", "key"), name="org_setting_once"),
        ),
        migrations.AddConstraint(
            model_name="unitsetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", False), ("bounds__isnull", False), _connector="OR"),
                name="org_setting_says_something",
            ),
        ),
    ]
