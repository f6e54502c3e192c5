"""The key of a line says its time too, so that one index is both the key and a beneficiary's statement."""

from django.db import migrations

FORWARD = """
drop index settlement_earning_of;
alter table settlement_earning drop constraint settlement_earning_pkey,
    add constraint settlement_earning_pkey primary key (beneficiary_id, at, id);
drop index settlement_earning_unit;
create index settlement_earning_unit on settlement_earning (unit_id, id);
"""
BACKWARD = """
drop index settlement_earning_unit;
create index settlement_earning_unit on settlement_earning (unit_id, at desc);
alter table settlement_earning drop constraint settlement_earning_pkey,
    add constraint settlement_earning_pkey primary key (beneficiary_id, id);
create index settlement_earning_of on settlement_earning (beneficiary_id, at desc, id desc);
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0007_lighter_lines")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
