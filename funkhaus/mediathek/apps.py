from django.apps import AppConfig


class MediathekConfig(AppConfig):
    name = "funkhaus.mediathek"
    label = "mediathek"

    def ready(self) -> None:
        """Follow the media files: replacements, publications, chapters, whole uploads."""
        from django.db.models.signals import post_delete

        from funkhaus.ingest.signals import asset_moved, housekeeping_due, text_tracks_changed
        from funkhaus.mediathek.chapters import hear_of_asset, hear_of_tracks
        from funkhaus.mediathek.editing.resumable import tend_uploads
        from funkhaus.mediathek.models import Version
        from funkhaus.mediathek.services.replacing import catch_up, follow_asset, follow_removal

        asset_moved.connect(follow_asset, dispatch_uid="mediathek.follow_asset")
        housekeeping_due.connect(catch_up, dispatch_uid="mediathek.catch_up")
        housekeeping_due.connect(tend_uploads, dispatch_uid="mediathek.tend_uploads")
        post_delete.connect(follow_removal, sender=Version, dispatch_uid="mediathek.follow_removal")
        text_tracks_changed.connect(hear_of_tracks, dispatch_uid="mediathek.chapters_of_tracks")
        asset_moved.connect(hear_of_asset, dispatch_uid="mediathek.chapters_of_asset")
