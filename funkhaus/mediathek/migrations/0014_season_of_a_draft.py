from django.db import migrations, models


class Migration(migrations.Migration):
    """The season that a draft names; until now saving the draft created it."""

    dependencies = [("mediathek", "0013_rating_decision")]

    operations = [
        migrations.AddField(
            model_name="video",
            name="new_season_number",
            field=models.PositiveIntegerField(
                blank=True,
                editable=False,
                help_text="A season that is not there yet; the publication creates it.",
                null=True,
            ),
        ),
    ]
