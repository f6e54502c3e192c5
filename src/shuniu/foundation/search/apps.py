from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "shuniu.foundation.search"
    label = "search"
