from django.apps import AppConfig


class HubConfig(AppConfig):
    name = "shuniu.foundation.hub"
    label = "hub"
    verbose_name = "hub"
