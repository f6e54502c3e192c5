"""What the ledger may hold, enforced below every program: sums, order of arrival, immutability, wallet balances."""

from django.db import migrations

from shuniu.foundation.database.append_only import append_only

FORWARD = """
CREATE TRIGGER ledger_account_kept BEFORE DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A wallet's balance moves by postings only (the trigger below runs at depth 2), and an account keeps its identity.
CREATE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2
       OR (OLD.owner_kind, OLD.owner_id, OLD.purpose, OLD.currency, OLD.kind, OLD.opened_at)
          IS DISTINCT FROM
          (NEW.owner_kind, NEW.owner_id, NEW.purpose, NEW.currency, NEW.kind, NEW.opened_at) THEN
        RAISE EXCEPTION 'account % changes by postings only', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_guarded BEFORE UPDATE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_account();

CREATE FUNCTION ledger_open_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.balance <> 0 THEN
        RAISE EXCEPTION 'account % opens at zero', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_opens_at_zero';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_opens BEFORE INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_open_account();

CREATE FUNCTION ledger_check_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT transaction_id, currency, sum(amount) AS off_by INTO bad
      FROM added GROUP BY transaction_id, currency HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction % is off by % %', bad.transaction_id, bad.off_by, bad.currency
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_sums_to_zero';
    END IF;

    -- Whatever a transaction already had did not come in this statement: it is closed.
    SELECT a.transaction_id INTO bad
      FROM (SELECT transaction_id, count(*) AS legs FROM added GROUP BY transaction_id) AS a
     WHERE a.legs <> (SELECT count(*) FROM ledger_posting p WHERE p.transaction_id = a.transaction_id)
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transaction % is closed', bad.transaction_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_transaction_closed';
    END IF;

    SELECT a.account_id INTO bad
      FROM added a JOIN ledger_account c ON c.id = a.account_id
     WHERE c.currency <> a.currency LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'account % has another currency', bad.account_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_currency_of_account';
    END IF;

    UPDATE ledger_account c SET balance = c.balance + moved.amount
      FROM (SELECT account_id, sum(amount) AS amount FROM added GROUP BY account_id) AS moved
     WHERE c.id = moved.account_id AND c.kind = 'wallet' AND moved.amount <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_checked AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_postings();
"""

BACKWARD = """
DROP TRIGGER ledger_posting_checked ON ledger_posting;
DROP TRIGGER ledger_account_opens ON ledger_account;
DROP TRIGGER ledger_account_guarded ON ledger_account;
DROP TRIGGER ledger_account_kept ON ledger_account;
DROP FUNCTION ledger_check_postings();
DROP FUNCTION ledger_open_account();
DROP FUNCTION ledger_guard_account();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        append_only("ledger_transaction", "ledger_posting"),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
