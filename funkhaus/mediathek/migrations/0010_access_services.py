"""Lists of access services for what the catalogue has already; from now on they follow its changes."""

from django.db import migrations

BATCH = 400
PLAYABLE = ("playable", "ready")
SUBTITLES = ("subtitles", "captions")


def fill_lists(apps, schema_editor):
    """Enter each video that stands in the list of everything, at the same place."""
    listings = apps.get_model("mediathek", "Listing").objects
    last = 0
    while rows := list(
        listings.filter(key="new", video__gt=last).order_by("video").values_list("video", "place")[:BATCH]
    ):
        places = dict(rows)
        entries = [
            listings.model(video_id=video, key=f"access:{service}", place=places[video])
            for video, service in sorted(find_services(apps, places))
        ]
        listings.bulk_create(entries, ignore_conflicts=True)
        last = rows[-1][0]


def find_services(apps, videos):
    """Pairs of a video and a service that it has now."""
    versions = apps.get_model("mediathek", "Version").objects.filter(video__in=videos, asset__state__in=PLAYABLE)
    found = set(versions.exclude(kind="original").values_list("video", "kind"))
    originals = versions.filter(kind="original")
    described = apps.get_model("ingest", "Rendition").objects.filter(kind="audio_description").values("asset")
    subtitled = apps.get_model("ingest", "TextTrack").objects.filter(kind__in=SUBTITLES).values("asset")
    for assets, service in ((described, "audio_description"), (subtitled, "subtitles")):
        found |= {(video, service) for video in originals.filter(asset__in=assets).values_list("video", flat=True)}
    return found


class Migration(migrations.Migration):

    dependencies = [
        ("ingest", "0007_held_assets"),
        ("mediathek", "0009_show_for_kids_index"),
    ]

    operations = [migrations.RunPython(fill_lists, migrations.RunPython.noop)]
