"""Django app of ingest: connects the system checks and the receivers that remove outdated files."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """App configuration of `funkhaus.ingest`; its label is the prefix of the database tables."""

    name = "funkhaus.ingest"
    label = "ingest"

    def ready(self) -> None:
        """Register the system checks and connect the removal of outdated files to `housekeeping_due`."""
        from funkhaus.ingest import checks  # noqa: F401
        from funkhaus.ingest.replaced_files import remove_retired
        from funkhaus.ingest.signals import housekeeping_due
        from funkhaus.ingest.text.text_tracks import sweep_former_files

        housekeeping_due.connect(remove_retired, dispatch_uid="ingest.remove_retired")
        housekeeping_due.connect(sweep_former_files, dispatch_uid="ingest.former_text")
