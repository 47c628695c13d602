from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Replace texts that Wagtail would build once for all languages, and its way to learn a picture's size."""
        from funkhaus.cms.chooser_language import speak_the_readers_language
        from funkhaus.cms.picture_files.headers import read_sizes_from_headers

        speak_the_readers_language()
        read_sizes_from_headers()
