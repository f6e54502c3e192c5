from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "shuniu.foundation.imports"
    label = "imports"
