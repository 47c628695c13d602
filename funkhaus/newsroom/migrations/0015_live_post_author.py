import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A post of a liveblog may name its author."""

    dependencies = [("newsroom", "0014_live_post_draft")]

    operations = [
        migrations.AddField(
            "livepost",
            "author",
            models.ForeignKey(
                blank=True,
                help_text="Stands at the post. Empty: nobody is named.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="newsroom.author",
                verbose_name="author",
            ),
        ),
    ]
