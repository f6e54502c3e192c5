from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "shuniu.foundation.http"
    label = "http_layer"
