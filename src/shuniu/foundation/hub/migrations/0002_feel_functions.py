"""The functions that rules compiled to SQL divide and round with."""

from django.db import migrations

from shuniu.core.feel.sql.definitions import DEFINITIONS, REMOVAL


class Migration(migrations.Migration):
    dependencies = [("hub", "0001_initial")]

    operations = [migrations.RunSQL(DEFINITIONS, REMOVAL)]
