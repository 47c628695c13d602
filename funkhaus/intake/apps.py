"""Django app of intake: connects the housekeeping of uploads."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "funkhaus.intake"
    label = "intake"

    def ready(self) -> None:
        """Connect the housekeeping of uploads: it finishes complete ones and removes expired ones."""
        from funkhaus.ingest.signals import housekeeping_due
        from funkhaus.intake.tus.completion import tend_uploads

        housekeeping_due.connect(tend_uploads, dispatch_uid="intake.tend_uploads")
