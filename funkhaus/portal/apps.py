from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "funkhaus.portal"
    label = "portal"

    def ready(self) -> None:
        """Bring the Mediathek the page that shows its drafts; tell Django what SQLite knows."""
        from funkhaus.mediathek.services import use_renderer
        from funkhaus.portal.database import know_json
        from funkhaus.portal.videos import preview_video

        use_renderer(preview_video)
        know_json()
