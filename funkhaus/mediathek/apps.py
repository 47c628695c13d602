from django.apps import AppConfig


class MediathekConfig(AppConfig):
    name = "funkhaus.mediathek"
    label = "mediathek"

    def ready(self) -> None:
        """Hear of media files."""
        from funkhaus.ingest.signals import asset_moved, text_tracks_changed
        from funkhaus.mediathek.chapters import hear_of_asset, hear_of_tracks

        text_tracks_changed.connect(hear_of_tracks, dispatch_uid="mediathek.chapters_of_tracks")
        asset_moved.connect(hear_of_asset, dispatch_uid="mediathek.chapters_of_asset")
