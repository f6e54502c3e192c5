"""A source's lines are found through its inputs: their parties and times lead into the key of the lines.

Only what a line cannot be found by that way stands in an index of its own: recalculations, and what an input earned
for somebody who is not one of its parties.
"""

from django.db import migrations

FORWARD = """
alter table settlement_earning drop constraint settlement_earning_cause_check,
    add constraint settlement_earning_cause_check check (cause in ('recalculated', 'shared'));
drop index settlement_earning_source;
create index settlement_earning_source on settlement_earning (source_id) where cause is not null;
"""
BACKWARD = """
drop index settlement_earning_source;
create index settlement_earning_source on settlement_earning (source_id);
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0009_checks")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
