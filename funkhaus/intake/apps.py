from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "funkhaus.intake"
    label = "intake"

    def ready(self) -> None:
        """Finish and tidy up uploads whenever housekeeping is due."""
        from funkhaus.ingest.signals import housekeeping_due
        from funkhaus.intake.tus.completion import tend_uploads

        housekeeping_due.connect(tend_uploads, dispatch_uid="intake.tend_uploads")
