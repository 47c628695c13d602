from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "funkhaus.cms"
    label = "cms"

    def ready(self) -> None:
        """Replace texts that Wagtail would otherwise build once for all languages; guard pictures that are used."""
        from django.db.models.signals import pre_delete

        from funkhaus.cms.chooser_language import speak_the_readers_language
        from funkhaus.cms.pictures import keep_used_picture

        speak_the_readers_language()
        pre_delete.connect(keep_used_picture, sender="cms.Picture")
