"""Mark what already waits for an editor, so that the list of it is whole from the first day."""

from django.db import migrations

from funkhaus.ingest.reasons.findings import is_grave, list_open


def mark(apps, schema_editor):
    assets = apps.get_model("ingest", "Asset").objects
    noted = assets.exclude(findings=[]).only("findings", "accepted_findings")
    held = [
        asset.pk for asset in noted.iterator() if any(map(is_grave, list_open(asset.findings, asset.accepted_findings)))
    ]
    for start in range(0, len(held), 500):
        assets.filter(pk__in=held[start : start + 500]).update(is_held=True)


class Migration(migrations.Migration):
    dependencies = [("ingest", "0006_checked_asset")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
