from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    name = "funkhaus.syndication"
    label = "syndication"
