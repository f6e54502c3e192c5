"""Spare parts are items of the catalogue beside what is sold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commerce", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="product",
            name="kind",
            field=models.CharField(db_default="goods", default="goods", max_length=10),
        ),
        migrations.AddField(
            model_name="product",
            name="measure",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=["goods", "spare_part"]), name="product_kind_known"
            ),
        ),
        migrations.RemoveIndex(model_name="product", name="product_by_name"),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["kind", "name_sort", "id"], name="product_by_kind_and_name"),
        ),
    ]
