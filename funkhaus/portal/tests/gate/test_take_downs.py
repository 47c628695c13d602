"""A take-down ends everything that is shown, played or granted, at once; a release brings back exactly what was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.selectors.taken_down import list_taken_down
from funkhaus.ingest.signals import housekeeping_due
from funkhaus.kernel.viewer import ANONYMOUS
from funkhaus.mediathek.errors import PublicationHeld
from funkhaus.mediathek.models import Listing, TakeDown, Version, Video
from funkhaus.mediathek.rules.readiness import Publication
from funkhaus.mediathek.selectors import video_url
from funkhaus.mediathek.services import (
    Adoption,
    Machine,
    adopt_version,
    ask_publication,
    create_video,
    publish_video,
    release,
    replace_asset,
    take_down,
)
from funkhaus.playback.refusals import Refusal
from funkhaus.playback.services import Grant, request_grant
from funkhaus.portal.services import ensure_groups

SERVER = Machine("test")
REASON = "Einstweilige Verfügung 7 O 12/26"


def make(title: str = "Streitfall", **options: Any) -> Video:
    """A published video whose file is ready."""
    asset = Asset.objects.create(original_name=f"{title}.mp4", state=AssetState.READY, has_video=True)
    asset.folder.mkdir(parents=True, exist_ok=True)
    return create_video(title=title, asset=asset, rating="0", **{"publish": True} | options)


def key_of(video: Video) -> str:
    asset = video.versions.get(kind="original").asset
    assert asset is not None
    return str(asset.key)


def stopped() -> set[str]:
    return list_taken_down(Path(settings.ASSET_ROOT))


def play(video: Video) -> Grant | Refusal:
    return request_grant(viewer=ANONYMOUS, public_id=video.public_id, now=timezone.now())


@pytest.fixture
def video(db: None) -> Video:
    return make()


def test_it_is_gone_everywhere_and_comes_back_as_it_was(video: Video) -> None:
    listed = set(Listing.objects.values_list("key", flat=True))
    revision = Video.objects.get(pk=video.pk).live_revision_id
    assert isinstance(play(video), Grant)
    assert take_down(by=SERVER, video_id=video.pk, reason=REASON)
    assert stopped() == {key_of(video)}
    refused = play(video)
    assert isinstance(refused, Refusal)
    assert (refused.reason, refused.status) == ("withdrawn", 410)
    assert Client().get(video_url(video)).status_code == 410
    assert Client().get(f"/poster/{video.public_id}.jpg").status_code == 404
    assert not Listing.objects.exists()
    assert not take_down(by=SERVER, video_id=video.pk, reason="noch einmal"), "it is down already"

    assert release(by=SERVER, video_id=video.pk)
    assert stopped() == set()
    assert isinstance(play(video), Grant)
    assert Client().get(video_url(video)).status_code == 200
    assert set(Listing.objects.values_list("key", flat=True)) == listed
    stored = Video.objects.get(pk=video.pk)
    assert (stored.live_revision_id, stored.has_unpublished_changes) == (revision, False)
    assert not release(by=SERVER, video_id=video.pk), "there is nothing to release"
    rows = ModelLogEntry.objects.for_instance(video).filter(action__startswith="mediathek.").order_by("pk")
    assert [(row.action, row.data.get("reason"), row.data["live"]) for row in rows] == [
        ("mediathek.take_down", REASON, True),
        ("mediathek.release", None, True),
    ]


def test_a_reason_is_needed_and_stays_as_it_was_typed(video: Video) -> None:
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(ValidationError):
            take_down(by=SERVER, video_id=video.pk, reason=reason)
    assert isinstance(play(video), Grant)
    assert stopped() == set()


def test_every_version_ends_and_whatever_was_replaced(video: Video) -> None:
    old = key_of(video)
    spoken = Asset.objects.create(original_name="ad.mp4", state=AssetState.READY)
    Version.objects.create(video=video, kind="audio_description", asset=spoken)
    new = Asset.objects.create(original_name="neu.mp4", state=AssetState.READY)
    replace_asset(by=SERVER, video=video, asset=new)
    waiting = Asset.objects.create(original_name="neuer.mp4", state=AssetState.QUEUED)
    replace_asset(by=SERVER, video=video, asset=waiting)
    other = make("Ein anderes")
    take_down(by=SERVER, video_id=video.pk, reason=REASON)
    assert stopped() == {old, spoken.key, new.key, waiting.key}
    assert isinstance(play(other), Grant)
    release(by=SERVER, video_id=video.pk)
    assert stopped() == set()


def test_nobody_publishes_it_by_any_way(video: Video) -> None:
    revision = video.save_revision()
    take_down(by=SERVER, video_id=video.pk, reason=REASON)
    assert ask_publication(by=SERVER, video_id=video.pk) is Publication.TAKEN_DOWN
    assert not Version.objects.filter(publish_wished_at__isnull=False).exists()
    stored = Video.objects.get(pk=video.pk)
    for publish in (revision.publish, lambda: publish_video(video=stored)):
        with pytest.raises(PublicationHeld), transaction.atomic():
            publish()
    Video.objects.filter(pk=video.pk).update(live=True)  # past every service
    assert isinstance(play(video), Refusal)


def test_a_wish_from_before_waits_for_the_release(db: None) -> None:
    draft = make("Wartend", publish=False)
    version = draft.versions.get()
    Version.objects.filter(pk=version.pk).update(publish_wished_at=timezone.now())
    take_down(by=SERVER, video_id=draft.pk, reason=REASON)
    housekeeping_due.send(sender=None)
    assert not Video.objects.get(pk=draft.pk).live
    release(by=SERVER, video_id=draft.pk)
    housekeeping_due.send(sender=None)
    assert Video.objects.get(pk=draft.pk).live


def test_what_was_not_public_is_not_after_the_release_and_what_ended_meanwhile_neither(db: None) -> None:
    withdrawn, ended = make("Zurückgezogen"), make("Zu Ende")
    withdrawn.unpublish()
    for video in (withdrawn, ended):
        take_down(by=SERVER, video_id=video.pk, reason=REASON)
    assert stopped() == {key_of(withdrawn), key_of(ended)}, "paths outlive a withdrawal"
    Video.objects.filter(pk=ended.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    for video in (withdrawn, ended):
        release(by=SERVER, video_id=video.pk)
        assert not Video.objects.get(pk=video.pk).live
    assert stopped() == set()


def test_what_was_changed_at_once_meanwhile_is_not_undone(video: Video) -> None:
    take_down(by=SERVER, video_id=video.pk, reason=REASON)
    Video.objects.filter(pk=video.pk).update(age_rating="18")
    release(by=SERVER, video_id=video.pk)
    assert Video.objects.get(pk=video.pk).age_rating == "18"


def test_housekeeping_makes_marks_and_rows_agree(video: Video) -> None:
    other = make("Ein anderes")
    take_down(by=SERVER, video_id=video.pk, reason=REASON)
    folder = Asset.objects.get(key=key_of(video)).folder.parent / ".taken-down"
    (folder / key_of(video)).unlink()  # killed in between, or restored from a backup
    (folder / key_of(other)).touch()
    (folder / ("z" * 26)).touch()
    housekeeping_due.send(sender=None)
    assert stopped() == {key_of(video)}


def test_the_bytes_of_a_deleted_video_stay_stopped(video: Video) -> None:
    key = key_of(video)
    take_down(by=SERVER, video_id=video.pk, reason=REASON)
    Video.objects.get(pk=video.pk).delete()
    housekeeping_due.send(sender=None)
    assert Asset.objects.filter(key=key, versions=None).exists()
    assert stopped() == {key}, "granted paths outlive the video"


def test_a_file_that_cannot_be_marked_is_told_and_tried_again(video: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(30, "read-only")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", refuse)
        with pytest.raises(OSError, match="read-only"):
            take_down(by=SERVER, video_id=video.pk, reason=REASON)
    assert TakeDown.objects.filter(video=video).exists(), "what could be done is done"
    housekeeping_due.send(sender=None)
    assert stopped() == {key_of(video)}


def person(group: str) -> User:
    user = User.objects.create_user(group.lower())
    user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)


@pytest.mark.django_db
def test_roles_take_down_and_release() -> None:
    ensure_groups()
    editor, chief, officer = (person(name) for name in ("Redaktion", "Chefredaktion", "Jugendschutz"))
    strangers = [person(name) for name in ("Autoren", "Datenschutz", "Betrieb")]
    video = make()
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            take_down(by=stranger, video_id=video.pk, reason=REASON)
    take_down(by=officer, video_id=video.pk, reason=REASON)
    for other in (editor, *strangers):
        with pytest.raises(PermissionDenied):
            release(by=other, video_id=video.pk)
    assert release(by=chief, video_id=video.pk)
    take_down(by=editor, video_id=video.pk, reason="Vertippt")
    assert release(by=editor, video_id=video.pk), "a mistake of one's own is undone by oneself"


@pytest.mark.django_db
def test_a_version_comes_from_no_draft_that_is_down_or_rated_higher() -> None:
    work = make("Werk")
    for change, verdict in (({"rating": "16"}, Adoption.RATED_HIGHER), ({}, Adoption.TAKEN_DOWN)):
        draft = make(f"Entwurf {verdict.value}", publish=False)
        Video.objects.filter(pk=draft.pk).update(age_rating=change.get("rating", "unrated"))
        if verdict is Adoption.TAKEN_DOWN:
            take_down(by=SERVER, video_id=draft.pk, reason=REASON)
        source = Video.objects.get(pk=draft.pk)
        answer = adopt_version(by=SERVER, video=work, source=source, kind="audio_description", language="de")
        assert answer is verdict
    unrated = make("Unbewertet", publish=False)
    Video.objects.filter(pk=unrated.pk).update(age_rating="unrated")
    source = Video.objects.get(pk=unrated.pk)
    assert adopt_version(by=SERVER, video=work, source=source, kind="audio_description", language="de") is Adoption.DONE
