from django.db import migrations


class Migration(migrations.Migration):
    """Enqueuing does not NOTIFY: that would line up the commits of all business transactions one behind the other.

    Workers ask once a second instead.
    """

    dependencies = [("jobs", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL(
            "alter table procrastinate_jobs disable trigger procrastinate_jobs_notify_queue_job_inserted_v1",
            "alter table procrastinate_jobs enable trigger procrastinate_jobs_notify_queue_job_inserted_v1",
        )
    ]
