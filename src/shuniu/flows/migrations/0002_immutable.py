"""Published versions and the log of commands are never changed; the database says so."""

from django.db import migrations

REFUSE = """
create function flow_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is written once; % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end
$$;
create trigger flow_version_immutable before update or delete on flow_version
    for each row execute function flow_refuse_change();
create trigger flow_command_immutable before update on flow_command
    for each row execute function flow_refuse_change();
"""
ALLOW = """
drop trigger flow_command_immutable on flow_command;
drop trigger flow_version_immutable on flow_version;
drop function flow_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("flows", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
