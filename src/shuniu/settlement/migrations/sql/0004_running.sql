-- null for what an input moved; 'recalculated' for the difference a changed plan made in the whole bucket
alter table settlement_earning add column cause text check (cause = 'recalculated');

-- what is posted in another period than its own: few, and what closes and statements look for
create index settlement_earning_late on settlement_earning (period, bucket_id) where period <> origin_period;

-- Nothing is posted in a closed period, whatever program tries.
create function settlement_refuse_closed() returns trigger language plpgsql as $$
declare
    bad record;
begin
    if not exists (select from settlement_period where status = 'closed') then
        return null;
    end if;
    select p.plan_id, p.period into bad
      from (select distinct bucket_id, period from added) as a
      join settlement_bucket b on b.id = a.bucket_id
      join settlement_period p on p.plan_id = b.plan_id and p.period = a.period and p.status = 'closed'
     limit 1;
    if found then
        raise exception 'period % of plan % is closed', bad.period, bad.plan_id
            using errcode = 'integrity_constraint_violation', constraint = 'settlement_period_closed';
    end if;
    return null;
end $$;
create trigger settlement_earning_period after insert on settlement_earning
    referencing new table as added for each statement execute function settlement_refuse_closed();

-- A closed period stays closed, as it is.
create function settlement_guard_period() returns trigger language plpgsql as $$
begin
    if old.status = 'closed' then
        raise exception 'period % is closed', old.period
            using errcode = 'integrity_constraint_violation', constraint = 'settlement_period_closed';
    end if;
    return coalesce(new, old);
end $$;
create trigger settlement_period_guarded before update or delete on settlement_period
    for each row execute function settlement_guard_period();
