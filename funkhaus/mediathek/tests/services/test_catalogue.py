"""New items: drafts stay closed, published ones are open from now on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from funkhaus.ingest.models import Asset
from funkhaus.mediathek.models import VersionKind, Video
from funkhaus.mediathek.services import Machine, create_video, publish_video, replace_asset, unpublish_video

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_live_and_has_no_window() -> None:
    video = create_video(title="Grüße aus Köln", asset=None)
    assert (video.slug, video.live, video.age_rating) == ("gruesse-aus-koeln", False, "unrated")
    assert not video.windows.exists()
    assert video.latest_revision is not None


def test_a_published_item_is_available_from_now_on_without_end() -> None:
    video = create_video(title="Film", asset=None, kind="film", rating="12", publish=True, teaser="Worum es geht")
    assert video.live
    assert video.first_published_at is not None
    window = video.windows.get()
    assert timezone.now() - window.starts_at < timedelta(minutes=1)
    assert window.ends_at is None
    assert (video.kind, video.age_rating, video.teaser) == ("film", "12", "Worum es geht")


def test_publishing_again_keeps_the_window() -> None:
    video = create_video(title="Film", asset=None, publish=True)
    before = video.windows.get()
    unpublish_video(video=video)
    assert not Video.objects.get().live
    publish_video(video=video)
    assert Video.objects.get().live
    assert video.windows.get().starts_at == before.starts_at


@pytest.mark.parametrize("wrong", [{"rating": "17"}, {"kind": "poem"}, {"title": ""}])
def test_values_that_the_catalogue_does_not_know_store_nothing(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        create_video(**{"title": "Film", "asset": None, **wrong})  # type: ignore[arg-type]
    assert not Video.objects.exists()


def test_replacing_the_media_file_keeps_the_item() -> None:
    first, second = Asset.objects.create(original_name="a"), Asset.objects.create(original_name="b")
    video = create_video(title="Film", asset=first, language="en")
    replace_asset(by=Machine("a test"), video=video, asset=second)
    version = video.versions.get()
    assert (version.asset, version.kind, version.language) == (second, VersionKind.ORIGINAL, "en")
    assert Asset.objects.filter(pk=first.pk).exists()
