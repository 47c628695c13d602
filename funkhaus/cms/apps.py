from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Mend what Wagtail builds once for all readers, before it builds it."""
        from funkhaus.cms.choosers import speak_the_readers_language

        speak_the_readers_language()
