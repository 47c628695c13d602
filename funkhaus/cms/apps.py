from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Replace texts that Wagtail would otherwise build once for all languages, its date fields, its page policy."""
        from funkhaus.cms.dates.setup import read_what_is_typed
        from funkhaus.cms.desk.chooser_language import speak_the_readers_language
        from funkhaus.cms.queries.draft_visibility import register_page_policy

        speak_the_readers_language()
        read_what_is_typed()
        register_page_policy()
