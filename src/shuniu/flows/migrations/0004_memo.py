"""What the engine keeps of runs and open steps besides their columns."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("flows", "0003_drafts")]
    operations = [
        migrations.AddField(
            model_name=model, name="memo", field=models.JSONField(db_default={}, default=dict)
        )
        for model in ("flowrun", "flowstep")
    ]
