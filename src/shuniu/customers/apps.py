from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "shuniu.customers"
    label = "customers"
