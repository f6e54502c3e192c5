from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "shuniu.channels"
    label = "channels"
