from django.apps import AppConfig


class MediathekConfig(AppConfig):
    name = "funkhaus.mediathek"
    label = "mediathek"
