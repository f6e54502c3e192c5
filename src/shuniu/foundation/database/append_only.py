"""Tables whose rows are only ever added: the database itself refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def append_only(*tables: str) -> migrations.RunSQL:
    """A migration step that closes tables for everything but INSERT and COPY."""
    drop = "".join(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table};" for table in tables)
    return migrations.RunSQL(_FUNCTION + "".join(_TRIGGER.format(table=table) for table in tables), drop)
