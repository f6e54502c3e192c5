from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "shuniu.foundation.audit"
    label = "audit"
