"""The still: a frame that an editor chooses, under an address of its own in every cache."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from funkhaus.ingest.models import Asset
from funkhaus.ingest.process.ffmpeg import find_ffmpeg
from funkhaus.ingest.services import register_asset
from funkhaus.ingest.worker import Worker
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.services import create_video, publish_video

pytestmark = pytest.mark.media


@pytest.fixture
def traffic_light(tmp_path: Path) -> Path:
    """One second red, one green, one blue; the sound is half a second longer than the picture."""
    path = tmp_path / "ampel.mp4"
    words = [word for color in ("red", "green", "blue") for word in _color(color)]
    sound = ["-f", "lavfi", "-i", "sine=duration=3.5"]
    graph = ["-filter_complex", "[0][1][2]concat=n=3", "-map", "3:a"]
    command = [find_ffmpeg(), "-v", "error", *words, *sound, *graph, "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def _color(name: str) -> list[str]:
    return ["-f", "lavfi", "-i", f"color={name}:size=320x180:rate=25:duration=1"]


@pytest.fixture
def film(editor: Client, transactional_db: None, traffic_light: Path) -> Video:
    """A prepared video."""
    asset = register_asset(source=traffic_light, original_name="ampel.mp4", move=False, user_id=None)
    video = create_video(title="Ampel", asset=asset, rating="0")
    Worker().run_next(is_patient=False)
    return video


def color_of(path: Path) -> str:
    """The strongest colour of a picture's middle."""
    command = [find_ffmpeg(), "-v", "error", "-i", str(path), "-vf", "scale=1:1", "-f", "rawvideo"]
    shown = subprocess.run([*command, "-pix_fmt", "rgb24", "-"], check=True, timeout=60, capture_output=True).stdout
    return {0: "red", 1: "green", 2: "blue"}[max(range(3), key=lambda channel: shown[channel])]


def choose(editor: Client, asset: Asset, at_s: str) -> Any:
    response = editor.post(f"/redaktion/mediathek/dateien/{asset.pk}/standbild/", {"at_s": at_s}, follow=True)
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []
    asset.refresh_from_db()
    return response


def test_the_chosen_frame_is_drawn_and_kept(editor: Client, film: Video) -> None:
    asset = Asset.objects.get()
    picture = asset.folder / asset.poster
    for at_s, color in [("0.5", "red"), ("1.0", "green"), ("2.9", "blue"), ("3.5", "blue"), ("900", "blue")]:
        response = choose(editor, asset, at_s)
        assert "Dieses Bild ist jetzt das Standbild" in response.content.decode()
        for name in (asset.poster, "poster-480.jpg", "poster-960.jpg"):
            assert color_of(picture.with_name(name)) == color, (at_s, name)
    assert asset.poster_at_ms is not None
    assert asset.poster_at_ms <= (asset.duration_ms or 0)
    assert "Von Hand gewählt" in response.content.decode()


def test_another_frame_has_another_address_everywhere(editor: Client, film: Video) -> None:
    asset = Asset.objects.get()
    publish_video(video=film)

    def addresses() -> list[str]:
        page = Client().get(f"/video/{film.public_id}-{film.slug}/").content.decode()
        start = f"/poster/{film.public_id}.jpg"
        return sorted({start + rest.partition('"')[0] for rest in page.split(start)[1:]})

    before = addresses()
    choose(editor, asset, "2.5")
    after = addresses()
    assert len(before) == len(after) == 1, "player and structured data agree"
    assert before != after
    sent = Client().get(after[0])
    assert (sent.status_code, sent["Content-Type"]) == (200, "image/jpeg")
    assert sent.content == (asset.folder / asset.poster).read_bytes()


@pytest.mark.parametrize("at_s", ["", "-1", "soon", "NaN", "1e99"])
def test_what_is_no_moment_changes_nothing(editor: Client, film: Video, at_s: str) -> None:
    asset = Asset.objects.get()
    before = (asset.folder / asset.poster).read_bytes()
    response = choose(editor, asset, at_s)
    assert "Gib den Zeitpunkt in Sekunden an" in response.content.decode()
    assert (asset.folder / asset.poster).read_bytes() == before
    assert asset.poster_at_ms is None


def test_without_a_finished_picture_it_says_so(editor: Client, draft: Video) -> None:
    response = choose(editor, Asset.objects.get(), "1")
    assert "Es gibt noch kein fertiges Bild" in response.content.decode()


def test_nobody_else_chooses(reader: Client, draft: Video) -> None:
    asset = Asset.objects.get()
    assert reader.post(f"/redaktion/mediathek/dateien/{asset.pk}/standbild/", {"at_s": "1"}).status_code == 302
    asset.refresh_from_db()
    assert asset.poster_at_ms is None
