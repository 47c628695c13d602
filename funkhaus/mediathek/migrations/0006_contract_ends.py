"""The end that editors entered is the contract's; a rule may end it sooner from now on. Drafts are taken along."""

from django.db import migrations
from django.db.models import F


def take_over(apps, schema_editor):
    apps.get_model("mediathek", "AvailabilityWindow").objects.update(contract_ends_at=F("ends_at"))
    revisions = apps.get_model("wagtailcore", "Revision").objects
    drafts = revisions.filter(content_type__app_label="mediathek", content_type__model="video")
    for draft in drafts.iterator(chunk_size=200):
        windows = draft.content.get("windows", [])
        for window in windows:
            window.setdefault("contract_ends_at", window.get("ends_at"))
        if windows:
            draft.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("mediathek", "0005_availability_rules"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
