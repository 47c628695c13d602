from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "funkhaus.protection"
    label = "protection"
