from django.apps import AppConfig


class CommerceConfig(AppConfig):
    name = "shuniu.commerce"
    label = "commerce"
