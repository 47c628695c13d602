from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "funkhaus.ui"
    label = "ui"
