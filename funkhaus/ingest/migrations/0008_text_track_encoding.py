"""Store in which code page a text track was read, so that another can be chosen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ingest", "0007_held_assets")]

    operations = [
        migrations.AddField(
            model_name="texttrack",
            name="encoding",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The code page in which the uploaded file was read, where it was guessed or chosen.",
                max_length=20,
            ),
        ),
    ]
