from django.db import migrations
from django.db.models import Q


def remove(apps, schema_editor):
    """Take videos that hide their picture out of the children's lists, which name shows by these entries."""
    entries = apps.get_model("mediathek", "Listing").objects.filter(video__hides_preview=True)
    entries.filter(Q(key="kids") | Q(key__startswith="kids-show:")).delete()


class Migration(migrations.Migration):
    """Entries that were stored before the rule `rules.for_children` asked for the picture."""

    dependencies = [("mediathek", "0011_sort_key")]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
