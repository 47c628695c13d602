from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "funkhaus.ingest"
    label = "ingest"

    def ready(self) -> None:
        """Register the checks, and tidy up when it is time."""
        from funkhaus.ingest import checks  # noqa: F401
        from funkhaus.ingest.retirement import remove_retired
        from funkhaus.ingest.signals import housekeeping_due

        housekeeping_due.connect(remove_retired, dispatch_uid="ingest.remove_retired")
