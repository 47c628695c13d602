from django.db import migrations, models


class Migration(migrations.Migration):
    """Decisions of youth protection, which hold for drafts, and the permission to take them."""

    dependencies = [("mediathek", "0012_hidden_pictures_for_no_child")]

    operations = [
        migrations.AddField(
            model_name="video",
            name="rating_decided_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When youth protection decided on the fields of PROTECTION.",
                null=True,
            ),
        ),
        migrations.AlterModelOptions(
            name="video",
            options={
                "permissions": [("rate_video", "Can decide on age ratings")],
                "verbose_name": "video",
                "verbose_name_plural": "videos",
            },
        ),
    ]
