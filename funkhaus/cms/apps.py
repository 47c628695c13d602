from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Replace texts that Wagtail would otherwise build once for all languages, and its fields for dates."""
        from funkhaus.cms.dates.setup import read_what_is_typed
        from funkhaus.cms.desk.chooser_language import speak_the_readers_language

        speak_the_readers_language()
        read_what_is_typed()
