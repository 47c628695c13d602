from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Replace texts that Wagtail would otherwise build once for all languages, and its policy of pages."""
        from funkhaus.cms.chooser_language import speak_the_readers_language
        from funkhaus.cms.queries.draft_visibility import register_page_policy

        speak_the_readers_language()
        register_page_policy()
