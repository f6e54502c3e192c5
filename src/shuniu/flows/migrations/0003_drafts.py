"""Flows may belong to a unit; what their next version may become is kept as a draft."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("flows", "0002_immutable"), ("org", "0002_standing")]
    operations = [
        migrations.AddField(
            model_name="flowdefinition",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
            ),
        ),
        migrations.CreateModel(
            name="FlowDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.JSONField()),
                ("rev", models.IntegerField()),
                ("saved_by", models.CharField(max_length=60)),
                ("saved_at", models.DateTimeField()),
                (
                    "base",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="flows.flowversion",
                    ),
                ),
                (
                    "definition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="flows.flowdefinition",
                    ),
                ),
            ],
            options={
                "db_table": "flow_draft",
                "constraints": [
                    models.CheckConstraint(condition=Q(rev__gte=1), name="flow_draft_rev_positive")
                ],
            },
        ),
    ]
