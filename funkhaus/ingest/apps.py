from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "funkhaus.ingest"
    label = "ingest"

    def ready(self) -> None:
        """Register the checks and what is tidied up now and then."""
        from funkhaus.ingest import checks  # noqa: F401
        from funkhaus.ingest.retention import remove_retired
        from funkhaus.ingest.signals import housekeeping_due
        from funkhaus.ingest.text.text_tracks import sweep_former_files

        housekeeping_due.connect(remove_retired, dispatch_uid="ingest.remove_retired")
        housekeeping_due.connect(sweep_former_files, dispatch_uid="ingest.former_text")
