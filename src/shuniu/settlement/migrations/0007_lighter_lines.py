"""Lines are written by the million: fewer and narrower indexes, and the rule of closed periods asked once a bucket.

The newest lines are those with the highest ids; stretches of time are found by blocks (brin); a source is found by its
id alone. Whoever moves a bucket says in which period, and that one must be open.
"""

from django.db import migrations, models

FORWARD = """
drop index settlement_earning_at;
create index settlement_earning_at on settlement_earning using brin (at);
drop index settlement_earning_source;
create index settlement_earning_source on settlement_earning (source_id);

drop trigger settlement_earning_period on settlement_earning;
drop function settlement_refuse_closed();
create function settlement_refuse_closed() returns trigger language plpgsql as $$
begin
    if exists (select from settlement_period p
                where p.plan_id = new.plan_id and p.period = new.posted_in and p.status = 'closed') then
        raise exception 'period % of plan % is closed', new.posted_in, new.plan_id
            using errcode = 'integrity_constraint_violation', constraint = 'settlement_period_closed';
    end if;
    return new;
end $$;
create trigger settlement_bucket_period before update of posted, posted_in on settlement_bucket
    for each row when (new.posted is distinct from old.posted) execute function settlement_refuse_closed();
"""
BACKWARD = """
drop trigger settlement_bucket_period on settlement_bucket;
drop function settlement_refuse_closed();
create function settlement_refuse_closed() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger settlement_earning_period after insert on settlement_earning
    referencing new table as added for each statement execute function settlement_refuse_closed();
drop index settlement_earning_source;
create index settlement_earning_source on settlement_earning (source_kind, source_id);
drop index settlement_earning_at;
create index settlement_earning_at on settlement_earning (at desc, id desc);
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0006_running_indexes")]
    operations = [
        migrations.AddField(
            model_name="bucket",
            name="posted_in",
            field=models.TextField(default=""),
        ),
        migrations.RunSQL("update settlement_bucket set posted_in = period", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
