from django.apps import AppConfig, apps


class PortalConfig(AppConfig):
    name = "funkhaus.portal"
    label = "portal"

    def ready(self) -> None:
        """Register the home page's view and the preview of videos; determine SQLite's JSON support."""
        from funkhaus.cms.page_view_registry import serve_with
        from funkhaus.ingest.signals import housekeeping_due
        from funkhaus.portal.models import HomePage
        from funkhaus.portal.sqlite_features import know_json
        from funkhaus.portal.video_page import preview_video
        from funkhaus.portal.views import show_home

        serve_with(show_home, HomePage)
        serve_with(preview_video, apps.get_model("mediathek", "Video"))
        know_json()
        housekeeping_due.connect(_forget_old_changes, dispatch_uid="portal.forget_old_changes")


def _forget_old_changes(**_signal: object) -> None:
    from funkhaus.cms.content_changes.marker import forget_old_changes

    forget_old_changes()
