from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "shuniu.insights"
    label = "insights"
