from django.db import migrations

FORMER = ("change_video", "change_show")


def revoke(apps, schema_editor):
    """Take the permission to change the catalogue from youth protection, which decides on ratings instead."""
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="mediathek", codename__in=FORMER
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Jugendschutz"):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    """With it, the role could replace a public video's media file and could not rate the video."""

    dependencies = [
        ("portal", "0001_initial"),
        ("mediathek", "0013_rating_decision"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(revoke, migrations.RunPython.noop)]
