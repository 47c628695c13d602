"""The app of the edge: the ASGI application before Django, and the supervisor of web server and workers."""

from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "funkhaus.edge"
    label = "edge"

    def ready(self) -> None:
        from funkhaus.edge import checks  # noqa: F401 (its import registers)
