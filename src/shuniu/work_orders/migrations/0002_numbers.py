"""The sequence behind the readable numbers of orders. Gaps are allowed, doubles are not."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("work_orders", "0001_initial")]
    operations = [
        migrations.RunSQL("create sequence work_order_no_seq", "drop sequence work_order_no_seq"),
    ]
