from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "shuniu.foundation.files"
    label = "files"
