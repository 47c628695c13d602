from django.db import migrations, models


class Migration(migrations.Migration):
    """The field `place` is called `sort_key` from now on; its column keeps its name, so the database is not touched."""

    dependencies = [("newsroom", "0012_share_card")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("storylisting", "newsroom_listing_place"),
                migrations.AlterField("storylisting", "place", models.BigIntegerField(db_column="place")),
                migrations.RenameField("storylisting", "place", "sort_key"),
                migrations.AddIndex("storylisting", models.Index(fields=["key", "sort_key", "page"], name="newsroom_listing_place")),
            ],
        ),
    ]
