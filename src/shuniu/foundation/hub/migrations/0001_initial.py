from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql") / "0001_tables.sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    SQL.read_text(encoding="utf-8"),
                    """
                    drop table event, event_pending, event_feed, event_subscription, event_parked, effect_call;
                    drop function event_publish(timestamptz, text, text, bigint, bigint, bigint, text, jsonb);
                    drop function event_make_partition(date);
                    drop function event_refuse_change();
                    """,
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="EventRow",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("name", models.TextField()),
                        ("subject_kind", models.TextField()),
                        ("subject_id", models.BigIntegerField()),
                        ("unit_id", models.BigIntegerField(null=True)),
                        ("customer_id", models.BigIntegerField(default=0)),
                        ("by", models.TextField()),
                        ("data", models.JSONField(default=dict)),
                    ],
                    options={"db_table": "event", "managed": False},
                ),
                migrations.CreateModel(
                    name="PendingRow",
                    fields=[
                        ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("customer_id", models.BigIntegerField()),
                        ("name", models.TextField()),
                    ],
                    options={"db_table": "event_pending"},
                ),
                migrations.CreateModel(
                    name="FeedRow",
                    fields=[
                        ("position", models.BigAutoField(primary_key=True, serialize=False)),
                        ("event_id", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("customer_id", models.BigIntegerField()),
                        ("name", models.TextField()),
                    ],
                    options={"db_table": "event_feed"},
                ),
                migrations.CreateModel(
                    name="SubscriptionRow",
                    fields=[
                        ("subscriber", models.TextField(primary_key=True, serialize=False)),
                        ("position", models.BigIntegerField()),
                        ("moved_at", models.DateTimeField()),
                    ],
                    options={"db_table": "event_subscription"},
                ),
                migrations.CreateModel(
                    name="ParkedRow",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("subscriber", models.TextField()),
                        ("subject_kind", models.TextField()),
                        ("subject_id", models.BigIntegerField()),
                        ("event_id", models.BigIntegerField()),
                        ("event_at", models.DateTimeField()),
                        ("event_name", models.TextField()),
                        ("customer_id", models.BigIntegerField()),
                        ("position", models.BigIntegerField()),
                        ("attempts", models.SmallIntegerField()),
                        ("error", models.TextField(default="")),
                        ("parked_at", models.DateTimeField()),
                        ("next_try_at", models.DateTimeField(null=True)),
                        ("resolved_at", models.DateTimeField(null=True)),
                        ("resolution", models.TextField(null=True)),
                        ("reason", models.TextField(default="")),
                        ("decided_by", models.TextField(default="")),
                    ],
                    options={"db_table": "event_parked"},
                ),
                migrations.CreateModel(
                    name="EffectCallRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effect", models.TextField()),
                        ("idempotency_key", models.TextField()),
                        ("content_hash", models.BinaryField()),
                        ("subject_kind", models.TextField()),
                        ("subject_id", models.BigIntegerField()),
                        ("by", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("answer", models.JSONField(null=True)),
                    ],
                    options={
                        "db_table": "effect_call",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=["effect", "idempotency_key"], name="effect_call_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
