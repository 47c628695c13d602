from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "funkhaus.demo"
    label = "demo"
