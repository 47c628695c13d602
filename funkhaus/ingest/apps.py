from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "funkhaus.ingest"
    label = "ingest"

    def ready(self) -> None:
        """Register the checks."""
        from funkhaus.ingest import checks  # noqa: F401
