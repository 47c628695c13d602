"""Playlists: ffmpeg's are read with distrust, ours are complete."""

from __future__ import annotations

import re
from math import ceil

import pytest

from funkhaus.ingest.package import playlists
from funkhaus.ingest.package.playlists import MasterPicture, MasterSound, MasterText

RAW = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MAP:URI="360p.mp4",BYTERANGE="1000@0"
#EXTINF:4.000000,
#EXT-X-BYTERANGE:2000@1000
360p.mp4
#EXTINF:2.000000,
#EXT-X-BYTERANGE:500@3000
360p.mp4
#EXT-X-ENDLIST
"""
LOW = MasterPicture("360p", "r1/360p.m3u8", "avc1.64001e", 640, 360, 25.0, 700_000, 500_000)
HIGH = MasterPicture("720p", "r1/720p.m3u8", "avc1.64001f", 1280, 720, 25.0, 2_000_000, 1_500_000)
SOUND = MasterSound('Ton "Original"', "r1/sound.m3u8", "de", 130_000, 128_000)
TEXT = MasterText("Deutsch", "de-captions.m3u8", "de", is_captions=True)


def test_a_finished_playlist_is_read_with_its_rates() -> None:
    playlist = playlists.read_media(RAW, file_size=3500)
    assert playlist is not None
    assert playlist.is_complete
    assert playlist.duration_s == 6.0
    assert playlist.average_bits_per_s == ceil(8 * 2500 / 6)
    assert playlist.peak_bits_per_s(4) == 4000


def test_a_short_end_counts_in_the_peak_together_with_what_stands_before_it() -> None:
    playlist = playlists.read_media(
        RAW.replace("500@3000", "1500@3000").replace("2.000000", "1.000000"), file_size=4500
    )
    assert playlist is not None
    assert playlist.peak_bits_per_s(4) == 5600, "both together; one second alone is no measure"


@pytest.mark.parametrize("cut", range(0, len(RAW), 7))
def test_a_playlist_seen_half_written_never_lists_what_is_not_whole(cut: int) -> None:
    playlist = playlists.read_media(RAW[:cut], file_size=3500)
    for segment in playlist.segments if playlist else ():
        assert (segment.duration_s, segment.length, segment.offset) in {(4.0, 2000, 1000), (2.0, 500, 3000)}


def test_a_segment_whose_bytes_are_not_in_the_file_yet_is_not_listed() -> None:
    playlist = playlists.read_media(RAW, file_size=3499)
    assert playlist is not None
    assert (len(playlist.segments), playlist.is_complete) == (1, False)
    assert playlists.read_media(RAW, file_size=999) is None


def test_what_is_written_reads_the_same_again() -> None:
    playlist = playlists.read_media(RAW, file_size=3500)
    assert playlist is not None
    again = playlists.write_media(playlist, file_name="360p.mp4", target_s=4, is_growing=False)
    assert playlists.read_media(again, file_size=3500) == playlist


def test_what_ends_a_moment_later_has_no_segment_of_its_own_for_it() -> None:
    playlist = playlists.read_media(RAW.replace("2.000000", "0.021333"), file_size=3500)
    assert playlist is not None
    whole, growing = (
        playlists.write_media(playlist, file_name="360p.mp4", target_s=4, is_growing=is_growing)
        for is_growing in (False, True)
    )
    assert "#EXTINF:4.021333,\n#EXT-X-BYTERANGE:2500@1000\n" in whole
    assert whole.count("#EXTINF") == 1
    assert growing.count("#EXTINF") == 2, "what grows keeps the lines that it has"
    assert playlist.join_stub(3) == playlist, "not above the target"


def test_a_growing_playlist_only_gets_lines_at_its_end_and_keeps_its_type() -> None:
    states = [playlists.read_media(RAW, file_size=size) for size in (3499, 3500)]
    texts = [
        playlists.write_media(state, file_name="360p.mp4", target_s=4, is_growing=True) for state in states if state
    ]
    assert texts[1].startswith(texts[0])
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in texts[1]
    assert texts[1].endswith("#EXT-X-ENDLIST\n")


def test_the_master_starts_with_the_lowest_rung_and_counts_the_sound() -> None:
    lines = playlists.write_master([HIGH, LOW], [SOUND], [TEXT]).splitlines()
    streams = [line for line in lines if line.startswith("#EXT-X-STREAM-INF")]
    assert lines[lines.index(streams[0]) + 1] == "r1/360p.m3u8"
    assert "BANDWIDTH=830000,AVERAGE-BANDWIDTH=628000" in streams[0]
    assert 'CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=25.000' in streams[0]
    assert 'AUDIO="sound",SUBTITLES="text"' in streams[0]


def test_captions_say_that_they_tell_more_than_speech() -> None:
    master = playlists.write_master([LOW], [], [TEXT])
    assert "describes-music-and-sound" in master
    assert "AUDIO=" not in master


def test_texts_of_one_language_have_names_of_their_own() -> None:
    texts = [MasterText("Deutsch", f"{place}.m3u8", "de", is_captions=place == 1) for place in range(3)]
    master = playlists.write_master([LOW], [], texts)
    assert re.findall('NAME="(.*?)"', master) == ["Deutsch", "Deutsch (für Hörgeschädigte)", "Deutsch +"]


def test_a_quote_in_a_name_does_not_break_the_master() -> None:
    assert 'NAME="Ton  Original "' in playlists.write_master([LOW], [SOUND], [])


def test_sound_alone_is_the_stream() -> None:
    lines = playlists.write_master([], [SOUND], []).splitlines()
    assert lines[-1] == "r1/sound.m3u8"
    assert 'CODECS="mp4a.40.2"' in lines[-2]
    assert "RESOLUTION" not in lines[-2]


def test_a_file_without_a_codec_is_an_error_and_not_a_guess() -> None:
    assert playlists.read_picture_codec(b"....avcC\x01\x64\x00\x1e") == "avc1.64001e"
    with pytest.raises(ValueError, match="configuration"):
        playlists.read_picture_codec(b"ftyp")
