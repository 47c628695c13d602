from django.apps import AppConfig


class KidsConfig(AppConfig):
    name = "funkhaus.kids"
    label = "kids"
