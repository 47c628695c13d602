"""Editors and tiny files for the editing pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.accounts.services import create_token
from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.ingest.process.ffmpeg import find_ffmpeg
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.services import create_video


@pytest.fixture
def editor(db: None, client: Client) -> Client:
    """A client of somebody who may do everything in the Mediathek and nothing else."""
    user = User.objects.create_user("edda", password="edda")
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="mediathek"),
    )
    client.force_login(user)
    return client


@pytest.fixture
def program(editor: Client) -> Client:
    """A program with a token of the editor, which outlives every session."""
    token = create_token(username="edda", name="x").secret
    return Client(headers={"Authorization": f"Bearer {token}", "Sec-Fetch-Site": "cross-site"})


@pytest.fixture
def reader(db: None) -> Client:
    """A client of somebody who may enter the editing pages and nothing else."""
    group = Group.objects.create(name="readers")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    user = User.objects.create_user("rita", password="rita")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A real clip of one second."""
    path = tmp_path / "heute_um_acht.mp4"
    source = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=1"]
    sound = ["-f", "lavfi", "-i", "sine=duration=1", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run(
        [find_ffmpeg(), "-v", "error", *source, *sound, "-c:a", "aac", "-shortest", str(path)], check=True, timeout=60
    )
    return path


@pytest.fixture
def draft(db: None) -> Video:
    """A draft whose media file is ready, with files in its folder."""
    asset = Asset.objects.create(
        original_name="heute.mp4",
        state=AssetState.READY,
        duration_ms=4000,
        width=160,
        height=90,
        has_video=True,
        has_audio=True,
        poster="poster.jpg",
    )
    Job.objects.create(asset=asset, state=JobState.DONE, progress=1.0)
    asset.folder.mkdir(parents=True)
    (asset.folder / "video.mp4").write_bytes(bytes(range(256)) * 4)
    (asset.folder / "poster.jpg").write_bytes(b"\xff\xd8\xff")
    return create_video(title="Heute um acht", asset=asset, rating="unrated")
