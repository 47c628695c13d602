from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Replace what Wagtail does otherwise: its texts of choosers, date fields, page policy, its pictures."""
        from django.db.models.signals import pre_delete

        from funkhaus.cms.dates.wagtail_overrides import read_what_is_typed
        from funkhaus.cms.desk.chooser_texts import speak_the_readers_language
        from funkhaus.cms.picture_files.headers import read_sizes_from_headers
        from funkhaus.cms.pictures import keep_used_picture
        from funkhaus.cms.queries.draft_visibility import register_page_policy

        speak_the_readers_language()
        read_what_is_typed()
        register_page_policy()
        read_sizes_from_headers()
        pre_delete.connect(keep_used_picture, sender="cms.Picture")
