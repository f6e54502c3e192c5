from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "shuniu.foundation.jobs"
    label = "jobs"
    verbose_name = "jobs"
