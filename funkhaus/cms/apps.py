from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"
