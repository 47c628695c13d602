from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "funkhaus.portal"
    label = "portal"
