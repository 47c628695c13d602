from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Replace what Wagtail does otherwise: its texts of choosers, date fields, page policy, its pictures."""
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate, pre_delete, pre_migrate

        from funkhaus.cms.content_changes.observer import go_on, observe, pause_for_migrations
        from funkhaus.cms.dates.wagtail_overrides import read_what_is_typed
        from funkhaus.cms.desk.chooser_texts import speak_the_readers_language
        from funkhaus.cms.picture_files.headers import read_sizes_from_headers
        from funkhaus.cms.pictures import keep_used_picture
        from funkhaus.cms.queries.draft_visibility import register_page_policy

        speak_the_readers_language()
        read_what_is_typed()
        register_page_policy()
        read_sizes_from_headers()
        connection_created.connect(observe)
        pre_migrate.connect(pause_for_migrations)
        post_migrate.connect(go_on)
        pre_delete.connect(keep_used_picture, sender="cms.Picture")
