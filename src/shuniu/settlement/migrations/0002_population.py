"""The tables that grow with the population, written in SQL for their composite keys, and what is append-only."""

from pathlib import Path

from django.db import migrations

from shuniu.foundation.database.append_only import append_only

SQL = Path(__file__).with_name("sql") / "0002_population.sql"


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"), "drop table settlement_earning, settlement_input;"
        ),
        append_only(
            "settlement_input",
            "settlement_earning",
            "settlement_plan_version",
            "settlement_confirmation",
            "payout_attempt",
        ),
    ]
