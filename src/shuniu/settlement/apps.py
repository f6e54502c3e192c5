from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "shuniu.settlement"
    label = "settlement"
