from django.apps import AppConfig


class WorkOrdersConfig(AppConfig):
    name = "shuniu.work_orders"
    label = "work_orders"
