"""What the upload takes by its name is what the probe reads by its content, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.probe.formats import MEDIA_FORMATS
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.probe.wrong_ending import find_true_kind
from funkhaus.ingest.services import register_asset
from funkhaus.ingest.tests.clips import TONE, make_media
from funkhaus.ingest.worker import Worker
from funkhaus.intake.refusals import find_refusal_by_name
from funkhaus.intake.watch_folder.names import list_companions

PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=1")
BROADCAST = ("-f", "lavfi", "-i", "testsrc2=size=720x576:rate=25:duration=1")  # DV and GXF have fixed sizes
SOUND = ("-f", "lavfi", "-i", f"{TONE}:duration=1")
BOTH = (*PICTURE, *SOUND)
AVC = (*BOTH, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac")
# By demuxer: the muxer of ffmpeg's that makes such a file, and the words for it.
RECIPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "mov,mp4,m4a,3gp,3g2,mj2": ("mp4", AVC),
    "matroska,webm": ("matroska", AVC),
    "mxf": ("mxf", (*BROADCAST, *SOUND, "-c:v", "mpeg2video", "-q:v", "5")),
    "gxf": ("gxf", (*BROADCAST, *SOUND, "-c:v", "mpeg2video", "-q:v", "5", "-ac", "1")),
    "mpegts": ("mpegts", AVC),
    "mpeg": ("vob", (*BOTH, "-c:v", "mpeg2video", "-q:v", "5", "-c:a", "mp2")),
    "mpegvideo": ("mpeg2video", (*PICTURE, "-c:v", "mpeg2video", "-q:v", "5", "-bf", "2")),
    "dv": ("dv", (*BROADCAST, *SOUND, "-pix_fmt", "yuv420p", "-aspect", "4:3", "-ac", "2")),
    "avi": ("avi", (*BOTH, "-c:v", "mpeg4", "-c:a", "libmp3lame")),
    "asf": ("asf", (*BOTH, "-c:v", "wmv2", "-c:a", "wmav2")),
    "flv": ("flv", AVC),
    "mp3": ("mp3", SOUND),
    "flac": ("flac", SOUND),
    "wav": ("wav", SOUND),
    "aiff": ("aiff", SOUND),
    "ogg": ("ogg", (*SOUND, "-c:a", "libopus")),
    "aac": ("adts", SOUND),
    "ac3": ("ac3", SOUND),
    "eac3": ("eac3", SOUND),
}
# These were taken by their name once, and refused by the probe.
TAKEN_BEFORE = (".wmv", ".asf", ".wma", ".aif", ".aiff", ".ac3", ".eac3", ".m2v", ".dv", ".gxf")
SLACK_MS = {"gxf": 700}  # its sound lies in blocks of 0.68 seconds, the last filled up
NEWLY_READ = ("asf", "aiff", "ac3", "eac3", "mpegvideo", "dv", "gxf")
ENDINGS = [(container, ending) for container, known in MEDIA_FORMATS.items() for ending in known.endings]


def make(folder: Path, container: str) -> Path:
    """A file without an ending, as originals are kept."""
    muxer, words = RECIPES[container]
    return make_media(folder / "original", *words, "-f", muxer)


@pytest.mark.media
@pytest.mark.parametrize("container", MEDIA_FORMATS)
def test_each_kind_is_read_by_what_is_in_it(tmp_path: Path, container: str) -> None:
    answer = analyze_file(make(tmp_path, container))
    assert answer["format"] == container
    assert answer["streams"]
    assert all(stream["is_decodable"] for stream in answer["streams"])


@pytest.mark.parametrize(("container", "ending"), ENDINGS)
def test_each_ending_of_a_kind_that_is_read_is_taken_everywhere(container: str, ending: str) -> None:
    name = f"Sendung.{ending}"
    assert find_refusal_by_name("file", name) is None
    assert find_refusal_by_name("file", name.upper()) is None
    assert find_true_kind(name, container) == ""
    # In a watched folder its subtitles wait for it, and not for a film of a shorter name.
    (companion,) = list_companions(name, [f"Sendung.{ending}", "Sendung.de.vtt", f"Sen.{ending}"])
    assert companion.name == "Sendung.de.vtt"


def test_no_other_ending_is_taken() -> None:
    known = {f".{ending}" for _container, ending in ENDINGS}
    assert set(TAKEN_BEFORE) <= known
    others = (".pdf", ".m3u8", ".mpd", ".ffconcat", ".sdp", ".asx", ".jpg", ".png", ".gif", ".vtt", ".exe", "", ".mp")
    for ending in others:
        refusal = find_refusal_by_name("file", f"x{ending}")
        assert refusal is not None
        assert all(one.name in refusal.message for one in MEDIA_FORMATS.values())


def test_the_form_offers_every_ending_to_choose(editor: Client) -> None:
    page = editor.get("/redaktion/mediathek/hochladen/").content.decode()
    offers = [part.partition('"')[0].split(",") for part in page.split(' accept="')[1:]]
    media = [set(offer) for offer in offers if "video/*" in offer]
    assert len(media) == 2, "with script and without"
    assert all(offer == {"video/*", "audio/*", *(f".{ending}" for _container, ending in ENDINGS)} for offer in media)


@pytest.mark.media
@pytest.mark.parametrize("container", NEWLY_READ)
@pytest.mark.usefixtures("transactional_db")
def test_what_was_refused_by_the_probe_becomes_playable(tmp_path: Path, container: str) -> None:
    name = f"Sendung.{MEDIA_FORMATS[container].endings[0]}"
    source = make(tmp_path, container)
    asset = register_asset(source=source, original_name=name, move=False, user_id=None)
    Worker().run_next()
    asset = Asset.objects.get(pk=asset.pk)
    assert (asset.error_code, asset.state, asset.findings) == ("", AssetState.READY, [])
    assert asset.has_video is (container in {"asf", "mpegvideo", "dv", "gxf"})
    assert asset.duration_ms == pytest.approx(1000, abs=SLACK_MS.get(container, 120))
