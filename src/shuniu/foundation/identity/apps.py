from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "shuniu.foundation.identity"
    label = "identity"
