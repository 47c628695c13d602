"""Sound tracks: which there are, what they are called, how loud they become."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.ingest.models import Asset, AssetState, RenditionKind
from funkhaus.ingest.package.playlists import MasterSound, write_master
from funkhaus.ingest.plan.loudness import Gain, Loudness, choose_gain, read_loudness
from funkhaus.ingest.plan.sound_tracks import is_description, plan_sounds
from funkhaus.ingest.probe.languages import normalize_language
from funkhaus.ingest.probe.source_facts import AudioFacts
from funkhaus.ingest.process.ffmpeg import find_ffmpeg
from funkhaus.ingest.tests.clips import make_media, make_tone
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.tests.decoding import play
from funkhaus.ingest.tests.flashes import find_beeps
from tests.hls.measuring import check_folder

SOUND = AudioFacts(1, "aac", 2, 60.0, language="de", is_default=True)


@pytest.mark.parametrize(
    "title",
    ["AD", "Audiodeskription", "Deutsch (AD)", "Hörfilmfassung", "English audio description", "described video"],
)
def test_audio_description_is_known_by_its_title(title: str) -> None:
    assert is_description(replace(SOUND, title=title))


@pytest.mark.parametrize("title", ["", "SoundHandler", "Adam", "Radio", "Deutsch", "Stereo", "Originalton", "MADE BY"])
def test_other_titles_are_no_audio_description(title: str) -> None:
    assert not is_description(replace(SOUND, title=title))


def test_tracks_have_names_of_their_own_and_one_default() -> None:
    described = replace(SOUND, index=2, title="Audiodeskription", is_default=False)
    clear = replace(SOUND, index=3, title="Klare Sprache", is_default=False)
    original = replace(SOUND, index=4, language="en", title="Originalton", is_default=False)
    tracks = plan_sounds((described, SOUND, clear, original, replace(SOUND, index=5, is_decodable=False)))
    assert [(track.name, track.label, track.language) for track in tracks] == [
        ("sound", "Deutsch", "de"),
        ("sound-2", "Deutsch (Audiodeskription)", "de"),
        ("sound-3", "Deutsch (Klare Sprache)", "de"),
        ("sound-4", "English (original sound)", "en"),
    ]
    assert [track.is_default for track in tracks] == [True, False, False, False]
    assert [track.kind for track in tracks] == ["audio", "audio_description", "audio", "audio"]


@given(st.lists(st.tuples(st.sampled_from(["", "de", "en", "xx"]), st.text(max_size=12), st.booleans()), max_size=9))
def test_whatever_is_delivered_can_be_told_apart(found: list[tuple[str, str, bool]]) -> None:
    audios = tuple(
        AudioFacts(place, "aac", 2, 5.0, language=language, title=title, is_default=is_default)
        for place, (language, title, is_default) in enumerate(found)
    )
    tracks = plan_sounds(audios)
    assert len({track.label for track in tracks}) == len({track.name for track in tracks}) == len(tracks)
    assert sum(track.is_default for track in tracks) == bool(tracks)


def test_left_and_right_of_a_studio_file_become_one_track() -> None:
    mono = AudioFacts(1, "pcm_s24le", 1, 60.0, layout="mono")
    tracks = plan_sounds(tuple(replace(mono, index=index) for index in (1, 2, 3, 4)))
    assert [[source.index for source in track.sources] for track in tracks] == [[1, 2], [3, 4]]
    assert len(plan_sounds((mono, replace(mono, index=2), replace(mono, index=3)))) == 3
    assert len(plan_sounds((mono, replace(mono, index=2, language="en")))) == 2


@pytest.mark.parametrize(
    ("code", "tag"),
    [("ger", "de"), ("deu", "de"), ("de", "de"), ("und", ""), ("mis", ""), ("eng", "en"), ("de_CH", "de-CH"),
     ("hsb", "hsb"), ("", ""), ("<x>", ""), ("qad", "")],
)  # fmt: skip
def test_languages_become_bcp_47(code: str, tag: str) -> None:
    assert normalize_language(code) == tag


@pytest.mark.parametrize(
    ("measured", "seconds", "gain"),
    [
        (Loudness(-23.0, -6.0), 60, Gain()),
        (Loudness(-13.0, -0.5), 60, Gain(-10.0)),
        (Loudness(-33.0, -12.0), 60, Gain(10.0, is_limited=False)),
        (Loudness(-33.0, -8.0), 60, Gain(10.0, is_limited=True)),
        (Loudness(-58.0, -40.0), 60, Gain(24.0)),
        (Loudness(-70.0, -80.0), 60, Gain()),
        (Loudness(-33.0, -8.0), 1, Gain(6.0)),
        (Loudness(-33.0, 0.5), 1, Gain(0.0, is_limited=True)),
        (Loudness(-23.1, -6.0), 60, Gain()),
    ],
)
def test_the_gain_goes_to_the_target_and_no_further(measured: Loudness, seconds: float, gain: Gain) -> None:
    assert choose_gain(measured, target_lufs=-23.0, seconds=seconds) == gain


def test_what_the_meter_printed_is_read_and_nonsense_is_silence() -> None:
    text = "frame:0 pts:0 pts_time:0\nlavfi.r128.I=-70.000\nframe:9 pts:9 pts_time:0.9\nlavfi.r128.I=-21.500\n"
    assert read_loudness(text, "lavfi.r128.true_peak=-3.1\n") == Loudness(-21.5, -3.1, 0.9)
    assert read_loudness("", "").is_silent
    assert read_loudness("lavfi.r128.I=-inf\n", "lavfi.r128.true_peak=x") == Loudness(-70.0, -120.0)


def test_the_master_marks_audio_description_and_one_default() -> None:
    main = MasterSound("Deutsch", "s.m3u8", "de", 1, 1)
    described = MasterSound("Deutsch (AD)", "d.m3u8", "de", 9, 1, is_default=False, is_description=True)
    clear = MasterSound("Deutsch (Klar)", "c.m3u8", "de", 1, 1, is_default=False)
    lines = [line for line in write_master([], [described, main, clear], []).splitlines() if "TYPE=AUDIO" in line]
    assert re.findall(r'NAME="([^"]+)"', " ".join(lines)) == ["Deutsch", "Deutsch (AD)", "Deutsch (Klar)"]
    assert ["DEFAULT=YES" in line for line in lines] == [True, False, False]
    assert ["AUTOSELECT=YES" in line for line in lines] == [True, True, False], "two alike cannot be chosen between"
    assert ['CHARACTERISTICS="public.accessibility.describes-video"' in line for line in lines] == [False, True, False]
    assert len({line.partition("GROUP-ID=")[2][:8] for line in lines}) == 1


def measure(path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak of a file, by another run of the meter."""
    words = [find_ffmpeg(), "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stderr.rpartition("Summary:")[
        2
    ]
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[0]), float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[0])


def made_sound(asset: Asset, name: str = "sound") -> Path:
    return (asset.folder / asset.renditions.get(name=name).playlist).with_suffix(".mp4")


@pytest.mark.media
@pytest.mark.parametrize(
    "look",
    ["volume=-20dB", "volume=8dB", "volume=-20dB,tremolo=f=0.5:d=0.95", "volume=-15dB,pan=7.1|FC=c0|LFE=c0"],
    ids=["quiet", "loud", "swelling", "only in the center"],
)
def test_sounds_come_to_the_target_below_the_peak(work: Take, tmp_path: Path, look: str) -> None:
    asset = work(make_tone(tmp_path / "tone.wav", seconds=6, words=("-af", look)))
    assert (asset.state, asset.warnings) == (AssetState.READY, [])
    loudness, peak = measure(made_sound(asset))
    assert loudness == pytest.approx(-23, abs=0.6)
    assert peak <= -0.9


@pytest.mark.media
def test_peaks_are_held_where_the_gain_would_lift_them_over_the_limit(
    work: Take, tmp_path: Path, settings: object
) -> None:
    settings.LOUDNESS_LUFS = -14.0  # type: ignore[attr-defined]
    beats = "volume='if(lt(mod(t,1),0.03),1,0.06)':eval=frame"
    asset = work(make_tone(tmp_path / "beats.wav", seconds=6, words=("-af", f"{beats},volume=8dB")))
    loudness, peak = measure(made_sound(asset))
    assert loudness > -26, "raised"
    assert peak <= -0.9


@pytest.mark.media
def test_silence_stays_silence(work: Take, tmp_path: Path) -> None:
    noise = ("-f", "lavfi", "-i", "anoisesrc=amplitude=0.0002:duration=5:seed=1")
    asset = work(make_media(tmp_path / "hiss.wav", *noise))
    assert asset.state == AssetState.READY
    assert measure(made_sound(asset))[0] < -60
    assert asset.renditions.get(name="sound").loudness_lufs is None


@pytest.mark.media
def test_every_track_is_kept_with_language_and_kind(work: Take, tmp_path: Path) -> None:
    inputs = [word for tone in (440, 660, 880) for word in ("-f", "lavfi", "-i", f"sine=frequency={tone}:duration=3")]
    maps = ("-map", "0", "-map", "1", "-map", "2", "-c:a", "aac")
    marks = ("-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=ger", "-metadata:s:a:2", "language=eng")
    kinds = ("-disposition:a:0", "default", "-disposition:a:1", "visual_impaired", "-disposition:a:2", "0")
    asset = work(make_media(tmp_path / "tracks.mkv", *inputs, *maps, *marks, *kinds))
    found = {one.name: one for one in asset.renditions.all()}
    assert {name: (one.language, one.kind, one.is_default) for name, one in found.items()} == {
        "sound": ("de", RenditionKind.AUDIO, True),
        "sound-2": ("de", RenditionKind.AUDIO_DESCRIPTION, False),
        "sound-3": ("en", RenditionKind.AUDIO, False),
    }
    master = (asset.folder / "master.m3u8").read_text()
    assert master.count("TYPE=AUDIO") == 3
    assert master.count("describes-video") == 1
    assert check_folder(asset.folder) == []


@pytest.mark.parametrize(
    ("groups", "count", "tracks"),
    [
        (None, 8, [[1, 2], [3, 4], [5, 6], [7, 8]]),
        (((1, 2), (5,)), 8, [[1, 2], [5]]),
        (((1, 2, 3, 4, 5, 6), (7, 8)), 8, [[1, 2, 3, 4, 5, 6], [7, 8]]),
        (((3, 4), (1, 2), (9, 10)), 4, [[3, 4], [1, 2]]),
    ],
)
def test_a_setting_says_which_mono_tracks_are_one_sound(
    groups: tuple[tuple[int, ...], ...] | None, count: int, tracks: list[list[int]]
) -> None:
    mono = AudioFacts(1, "pcm_s24le", 1, 60.0, layout="1 channels")
    found = plan_sounds(tuple(replace(mono, index=index) for index in range(1, count + 1)), groups)
    assert sorted([source.index for source in track.sources] for track in found) == sorted(tracks)
    assert sum(track.is_default for track in found) == 1


@pytest.mark.media
def test_of_eight_mono_tracks_the_silent_ones_are_left_out(work: Take, tmp_path: Path) -> None:
    tones = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=3.2")
    silence = ("-f", "lavfi", "-i", "anullsrc=channel_layout=mono:sample_rate=48000:duration=3.2")
    maps = [word for index in (0, 0, 1, 1, 0, 0, 1, 1) for word in ("-map", str(index))]
    asset = work(make_media(tmp_path / "eight.mov", *tones, *silence, *maps, "-c:a", "pcm_s16le"))
    assert sorted(asset.renditions.values_list("name", flat=True)) == ["sound", "sound-3"]
    assert asset.findings == [["tracks_silent", {"count": 4}]]
    assert check_folder(asset.folder) == []


@pytest.mark.media
@pytest.mark.parametrize("name", ["studio.mov", "studio.mxf", "studio.mkv"])
def test_mono_pairs_keep_left_and_right_in_every_container(work: Take, tmp_path: Path, name: str) -> None:
    """Four mono tracks; each has its own second in which it sounds."""
    picture = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=4")
    tones = [
        word
        for place in range(4)
        for word in (
            *("-f", "lavfi", "-i"),
            f"sine=frequency=1000:sample_rate=48000:duration=4,volume='between(t,{place}+0.2,{place}+0.5)':eval=frame",
        )
    ]
    maps = [word for index in range(5) for word in ("-map", str(index))]
    codecs = ("-c:v", "mpeg2video", "-q:v", "5", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le")
    asset = work(make_media(tmp_path / name, *picture, *tones, *maps, *codecs))
    assert (asset.state, [code for code, _facts in asset.findings]) == (AssetState.READY, []), asset.error
    heard = [find_beeps(made_sound(asset, track), side) for track in ("sound", "sound-2") for side in (0, 1)]
    assert heard == [[pytest.approx(place + 0.2, abs=0.04)] for place in range(4)]


@pytest.mark.media
def test_a_sound_that_ends_before_the_picture_is_filled_with_silence(work: Take, tmp_path: Path) -> None:
    picture = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=4")
    sound = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=1.5")
    asset = work(make_media(tmp_path / "short.mp4", *picture, *sound, "-c:v", "libx264", "-c:a", "aac"))
    assert [code for code, _facts in asset.findings] == ["sound_ends_early"]
    for path in (made_sound(asset), asset.folder / "video.mp4", asset.folder / "audio.m4a"):
        played = play(path, "audio")
        assert played is not None
        assert played.seconds == pytest.approx(4, abs=0.06)
    assert check_folder(asset.folder) == []
