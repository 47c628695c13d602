"""What one upload and one job ask of the database: counted, so that it cannot grow unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.worker import Worker
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.tests.tus import begin, send
from tests.statements import counting_statements, tell_statements

UPLOAD = "/redaktion/mediathek/hochladen/"


@pytest.fixture
def quiet_editor(transactional_db: None, editor: Client) -> Client:
    """An editor whose session and content types are known, on a database that commits."""
    return editor


def test_a_whole_clip_through_the_form(transactional_db: None, editor: Client, clip: Path) -> None:
    editor.get(UPLOAD)
    file = SimpleUploadedFile(clip.name, clip.read_bytes(), content_type="video/mp4")
    with counting_statements() as seen:
        response = editor.post(UPLOAD, {"title": "Heute", "kind": "clip", "rating": "0", "file": file})
    assert response.status_code == 302
    print(len(seen)); print(tell_statements(seen))
    print("\n".join(s[:150] for s in seen))


def test_a_whole_clip_by_tus(transactional_db: None, editor: Client, clip: Path) -> None:
    body = clip.read_bytes()
    with counting_statements() as seen:
        send(editor, begin(editor, len(body)), body)
    print(len(seen)); print(tell_statements(seen))
    print("\n".join(s[:150] for s in seen))
    assert Video.objects.count() == 1


@pytest.mark.parametrize("wish", [False, True])
def test_one_job(transactional_db: None, editor: Client, tmp_path: Path, wish: bool) -> None:
    body = make_clip(tmp_path / "clip.mp4", size="720x540").read_bytes()
    send(editor, begin(editor, len(body), publish="1" if wish else "0", rating="0"), body)
    with counting_statements() as seen:
        Worker().run_next()
    assert Asset.objects.get().state == AssetState.READY
    assert Video.objects.get().live is wish
    print("JOB", wish, len(seen)); print(tell_statements(seen))
    print("\n".join(s[:150] for s in seen))
