"""Django app of the Mediathek: connects the receivers of signals."""

from django.apps import AppConfig


class MediathekConfig(AppConfig):
    name = "funkhaus.mediathek"
    label = "mediathek"

    def ready(self) -> None:
        """Connect the services that follow changes of media files, text tracks and the catalogue."""
        from django.db.models.signals import m2m_changed, post_delete, post_save
        from wagtail.signals import published

        from funkhaus.cms.content_changes.by_clock import register_moments
        from funkhaus.ingest.signals import asset_moved, housekeeping_due, seconds_passed, text_tracks_changed
        from funkhaus.mediathek.lists import moments
        from funkhaus.mediathek.models import AvailabilityWindow, Credit, Show, Version, Video
        from funkhaus.mediathek.services import list_index
        from funkhaus.mediathek.services.availability import note_windows
        from funkhaus.mediathek.services.chapter_copying import hear_of_asset, hear_of_tracks
        from funkhaus.mediathek.services.publishing import make_recent_sizes, prepare_picture
        from funkhaus.mediathek.services.replacing import catch_up, follow_asset, follow_removal
        from funkhaus.mediathek.services.take_downs import tend_take_downs
        from funkhaus.mediathek.signals import republished

        register_moments(*moments.FINDERS)
        # First: the other receivers may publish, which updates the lists anyway.
        for news in (asset_moved, text_tracks_changed):
            news.connect(list_index.follow_asset, dispatch_uid="mediathek.list_access")
        asset_moved.connect(follow_asset, dispatch_uid="mediathek.follow_asset")
        housekeeping_due.connect(tend_take_downs, dispatch_uid="mediathek.tend_take_downs")
        housekeeping_due.connect(catch_up, dispatch_uid="mediathek.catch_up")
        post_delete.connect(follow_removal, sender=Version, dispatch_uid="mediathek.follow_removal")
        text_tracks_changed.connect(hear_of_tracks, dispatch_uid="mediathek.chapters_of_tracks")
        asset_moved.connect(hear_of_asset, dispatch_uid="mediathek.chapters_of_asset")

        republished.connect(note_windows, dispatch_uid="mediathek.note_windows")
        seconds_passed.connect(make_recent_sizes, dispatch_uid="mediathek.make_recent_sizes")
        published.connect(prepare_picture, sender=Video, dispatch_uid="mediathek.prepare_picture")
        post_save.connect(list_index.follow_video, sender=Video, dispatch_uid="mediathek.list_video")
        post_save.connect(list_index.follow_show, sender=Show, dispatch_uid="mediathek.list_show")
        for part in (AvailabilityWindow, Credit, Version):
            for signal in (post_save, post_delete):
                signal.connect(list_index.follow_part, sender=part, dispatch_uid=f"mediathek.list_{part.__name__}")
        for owner in (Show, Video):
            through = owner.genres.through
            m2m_changed.connect(list_index.follow_genres, sender=through, dispatch_uid=f"mediathek.list_{through}")
        housekeeping_due.connect(list_index.tend_listings, dispatch_uid="mediathek.tend_listings")
