from django.db import migrations, models


class Migration(migrations.Migration):
    """Posts of a liveblog may be drafts; the posts that are there are public, and so is what the last release writes."""

    dependencies = [("newsroom", "0013_sort_key")]

    operations = [
        migrations.AddField(
            "livepost", "is_draft", models.BooleanField(db_default=False, default=False, editable=False)
        ),
    ]
