from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "shuniu.flows"
    label = "flows"
