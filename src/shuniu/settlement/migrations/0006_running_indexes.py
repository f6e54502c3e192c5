"""What runs look for: the inputs of a stretch of time, and what was corrected."""

from django.db import migrations

INDEXES = """
create index settlement_input_at on settlement_input using brin (at);
create index settlement_input_corrects on settlement_input (corrects_id) where corrects_id is not null;
"""
NONE = "drop index settlement_input_at; drop index settlement_input_corrects;"


class Migration(migrations.Migration):
    dependencies = [("settlement", "0005_groups")]
    operations = [migrations.RunSQL(INDEXES, NONE)]
