from django.apps import AppConfig


class PlaybackConfig(AppConfig):
    name = "funkhaus.playback"
    label = "playback"
