"""Who may change videos and must not publish changes nothing that is public, now or later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.signals import asset_moved
from funkhaus.mediathek.models import Version, Video
from funkhaus.mediathek.services import (
    accept_warnings,
    ask_publication,
    choose_still,
    create_video,
    publish_video,
    remove_text,
    remove_version,
    replace_asset,
)

pytestmark = pytest.mark.django_db


def hire(name: str, *actions: str) -> User:
    user = User.objects.create_user(name)
    codenames = [f"{action}_video" for action in actions]
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return User.objects.get(pk=user.pk)


def test_a_wish_publishes_no_draft_of_who_must_not_publish() -> None:
    editor, helper = hire("edda", "change", "publish"), hire("hans", "change")
    asset = Asset.objects.create(original_name="x.mp4", state=AssetState.QUEUED)
    video = create_video(title="Vom Redakteur", asset=asset, rating="12")
    video.save_revision(user=editor)
    ask_publication(by=editor, video_id=video.pk)
    draft = Video.objects.get(pk=video.pk).get_latest_revision_as_object()
    draft.title, draft.age_rating = "Von der Hilfskraft", "0"
    draft.save_revision(user=helper)
    Asset.objects.filter(pk=asset.pk).update(state=AssetState.READY)
    asset_moved.send(sender=Asset, asset_id=asset.pk, state=AssetState.READY)
    video.refresh_from_db()
    assert (video.live, video.title, video.age_rating) == (True, "Vom Redakteur", "12")
    assert "Von der Hilfskraft" in {revision.content["title"] for revision in video.revisions.all()}


def test_the_files_of_a_public_video_are_left_alone(draft: Video) -> None:
    helper, version = hire("hans", "change"), draft.versions.get()
    assert version.asset_id is not None
    spare = Asset.objects.create(original_name="neu.mp4", state=AssetState.READY)
    accept_warnings(by=helper, asset_id=version.asset_id, names=[])
    publish_video(video=draft)
    acts: list[Callable[[], object]] = [
        lambda: replace_asset(by=helper, video=draft, asset=spare),
        lambda: accept_warnings(by=helper, asset_id=version.asset_id or 0, names=[]),
        lambda: choose_still(by=helper, asset_id=version.asset_id or 0, at_ms=0),
        lambda: remove_text(by=helper, asset_id=version.asset_id or 0, track_id=1),
        lambda: remove_version(by=helper, video_id=draft.pk, version_id=1),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert Version.objects.get(pk=version.pk).asset_id == version.asset_id
    editor = hire("edda", "change", "publish")
    replace_asset(by=editor, video=draft, asset=spare)
    assert Version.objects.get(pk=version.pk).asset_id == spare.pk
