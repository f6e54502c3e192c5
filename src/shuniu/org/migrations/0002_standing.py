"""What somebody holds, as a function: its plan is kept by each connection."""

from django.db import migrations, models

_STANDING = """
create function org_standing(who bigint) returns jsonb language plpgsql stable as $$
begin
    return (
        with roles as (
            select a.unit_id, a.role_id, r.revision
            from org_assignment a join org_role r on r.id = a.role_id and r.archived_at is null
            where a.staff_id = who and a.valid_from <= statement_timestamp()
                and (a.valid_to is null or a.valid_to > statement_timestamp())
        ), places as (
            select unit_id, role_id, revision from roles
            union
            -- a department reaches the units it works for, and what is below them
            select d.unit_id, roles.role_id, roles.revision
            from roles join org_department_service d on d.department_id = roles.unit_id
        )
        select coalesce(jsonb_agg(jsonb_build_array(n.id, n.path, places.role_id, places.revision)), '[]')
        from places join org_unit n on n.id = places.unit_id
    );
end
$$
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [
        migrations.RunSQL("create sequence org_role_revision", "drop sequence org_role_revision"),
        migrations.AddField(
            model_name="role",
            name="revision",
            field=models.BigIntegerField(
                db_default=models.Func(
                    models.Value("org_role_revision"),
                    function="nextval",
                    output_field=models.BigIntegerField(),
                )
            ),
        ),
        migrations.RunSQL(_STANDING, "drop function org_standing(bigint)"),
    ]
