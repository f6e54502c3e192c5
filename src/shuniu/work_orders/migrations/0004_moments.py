"""Lists are cut by what happened when."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("work_orders", "0003_last4")]

    operations = [
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(
                fields=[column, "id"],
                name=f"work_order_by_{name}",
                condition=Q(**{f"{column}__isnull": False}),
            ),
        )
        for name, column in (
            ("accepted", "accepted_at"),
            ("completed", "completed_at"),
            ("confirmed", "confirmed_at"),
            ("rated", "rated_at"),
        )
    ]
