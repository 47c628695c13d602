from django.db import migrations, models


class Migration(migrations.Migration):
    """The field `place` is called `sort_key` from now on; its column keeps its name, so the database is not touched."""

    dependencies = [("mediathek", "0010_access_services")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("listing", "mediathek_listing_place"),
                migrations.AlterField("listing", "place", models.BigIntegerField(db_column="place")),
                migrations.RenameField("listing", "place", "sort_key"),
                migrations.AddIndex("listing", models.Index(fields=["key", "sort_key", "video"], name="mediathek_listing_place")),
                migrations.RemoveIndex("titleword", "mediathek_word_place"),
                migrations.AlterField("titleword", "place", models.BigIntegerField(db_column="place")),
                migrations.RenameField("titleword", "place", "sort_key"),
                migrations.AddIndex("titleword", models.Index(fields=["word", "-sort_key", "video"], name="mediathek_word_place")),
            ],
        ),
    ]
