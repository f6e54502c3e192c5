"""The promotion fund is spent on promotion only, and a hold ends once: enforced below every program."""

from django.db import migrations

RULES = """
CREATE FUNCTION ledger_check_fund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    -- What leaves a promotion fund goes to promotion, to the fund's own stages, or back to the house.
    SELECT a.transaction_id INTO bad
      FROM added a JOIN ledger_account c ON c.id = a.account_id AND c.purpose = 'promotion_fund'
     WHERE a.amount < 0
       AND EXISTS (SELECT FROM added o JOIN ledger_account oc ON oc.id = o.account_id
                    WHERE o.transaction_id = a.transaction_id AND o.amount > 0
                      AND oc.purpose NOT IN ('promotion', 'promotion_fund', 'promotion_earned',
                                             'promotion_confirmed', 'promotion_owed', 'expense'))
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction % spends a promotion fund on something else', bad.transaction_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_fund_for_promotion';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_fund AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_fund();

CREATE FUNCTION ledger_guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.ended_at IS NOT NULL
       OR (OLD.owner_kind, OLD.owner_id, OLD.currency, OLD.amount, OLD.reason, OLD.placed_at, OLD.placed_by)
          IS DISTINCT FROM
          (NEW.owner_kind, NEW.owner_id, NEW.currency, NEW.amount, NEW.reason, NEW.placed_at, NEW.placed_by) THEN
        RAISE EXCEPTION 'a hold changes by ending, once'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_hold_ends_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_hold_guarded BEFORE UPDATE OR DELETE ON ledger_hold
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_hold();
"""
NO_RULES = """
DROP TRIGGER ledger_hold_guarded ON ledger_hold;
DROP FUNCTION ledger_guard_hold();
DROP TRIGGER ledger_posting_fund ON ledger_posting;
DROP FUNCTION ledger_check_fund();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_holds")]
    operations = [migrations.RunSQL(RULES, NO_RULES)]
