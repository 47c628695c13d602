from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the counts of wrong passwords and codes."""

    dependencies = [("accounts", "0005_appoint_user")]

    operations = [
        migrations.CreateModel(
            name="LoginFailures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(blank=True, max_length=64)),
                ("place", models.CharField(blank=True, max_length=64)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failed_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "place"), name="accounts_login_failures_once")
                ],
            },
        ),
    ]
