from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "shuniu.org"
    label = "org"
