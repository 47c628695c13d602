from django.apps import AppConfig


class PlaybackConfig(AppConfig):
    name = "funkhaus.playback"
    label = "playback"

    def ready(self) -> None:
        from funkhaus.playback import checks  # noqa: F401 (its import registers)
