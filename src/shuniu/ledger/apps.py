from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "shuniu.ledger"
    label = "ledger"
