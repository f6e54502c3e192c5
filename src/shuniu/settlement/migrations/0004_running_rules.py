"""What an earning says of its cause, and what a closed period refuses; written in SQL for the unmanaged table."""

from pathlib import Path

from django.db import migrations

from shuniu.foundation.database.append_only import append_only

SQL = Path(__file__).with_name("sql") / "0004_running.sql"
BACK = """
drop trigger settlement_period_guarded on settlement_period;
drop function settlement_guard_period();
drop trigger settlement_earning_period on settlement_earning;
drop function settlement_refuse_closed();
drop index settlement_earning_late;
alter table settlement_earning drop column cause;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0003_running")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), BACK),
        append_only("settlement_fund_spending"),
    ]
