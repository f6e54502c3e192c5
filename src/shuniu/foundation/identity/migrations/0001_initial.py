import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("user_id", models.BigIntegerField(db_index=True, null=True)),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "db_table": "identity_session",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("locale", models.CharField(default="zh-CN", max_length=10)),
                ("must_change_password", models.BooleanField(default=False)),
                ("password_expires_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "identity_user",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                        name="identity_user_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locale__in", ("zh-CN", "en"))), name="identity_user_locale_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoginAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("username", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=45)),
                ("succeeded", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "identity_login_attempt",
                "indexes": [
                    models.Index(fields=["username", "-at"], name="login_attempt_by_name"),
                    models.Index(fields=["address", "-at"], name="login_attempt_by_address"),
                    models.Index(fields=["at"], name="login_attempt_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalLogin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=128)),
                ("linked_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "identity_external_login",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "subject"), name="identity_external_login_once"
                    ),
                    models.UniqueConstraint(
                        fields=("provider", "user"), name="identity_external_login_one_each"
                    ),
                ],
            },
        ),
    ]
