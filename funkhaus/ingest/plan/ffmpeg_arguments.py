"""Argument lists for ffmpeg (its manuals: ffmpeg(1), ffmpeg-filters(1), ffmpeg-formats(1)). Pure: takes a plan.

Figures that are called measured were taken with ffmpeg 5.1 on a mixed clip of 60 seconds, 1920 x 1080, 25 frames a
second.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from funkhaus.ingest.package.layout import name_media, name_playlist
from funkhaus.ingest.plan.ladder import AUDIO_BITS_PER_S, Plan, Rung
from funkhaus.ingest.plan.loudness import Gain
from funkhaus.ingest.plan.picture_filters import draw_picture_graph
from funkhaus.ingest.plan.sound_filters import amplify, mix
from funkhaus.ingest.plan.sound_tracks import SoundTrack
from funkhaus.ingest.plan.source_clock import name_zero
from funkhaus.ingest.probe.formats import FORMATS

SEGMENT_S = 4  # seconds; measured, 6 s save no bytes, and playback starts a little later
GOP_S = 2  # seconds between key frames: two in a segment, so that seeking is finer than segments are
PREFIX = (
    "-nostdin",  # no keyboard commands
    "-hide_banner",  # no lines on stderr that are no errors
    "-v",
    "error",  # each line on stderr counts as an error of the run
    "-nostats",  # no progress on stderr,
    "-progress",
    "pipe:1",  # but as NAME=VALUE lines on stdout
    "-y",  # files that a dead attempt left are replaced without a question
)
# Titles, names and GPS positions of the source are not published (-map_metadata -1); its chapters become a text track
# (-map_chapters -1).
_CLEAN = ("-map_metadata", "-1", "-map_chapters", "-1")
_LONGEST_GOP = 1000  # frames; the forced key frames make the cuts, and this only has to be longer than they are apart


def encode_pictures(source: Path, plan: Plan, rungs: Sequence[Rung], *, into: Path, raw: Path) -> list[str]:
    """Return the arguments that encode `rungs` in one process: media files into `into`, playlists into `raw`.

    Key frames come every two seconds, or where the copied rung has them, so that players can change at any of them.
    One process decodes once: measured, four rungs cost 1.75 times one 1080p encode, four processes 2.4 times.
    """
    assert plan.video is not None  # noqa: S101 (for the type checker; there are rungs)
    args = [*PREFIX]
    args += ["-noautorotate"] if plan.video.is_askew else []  # else a picture in quarters of a turn stands upright
    args += read_source(source, plan.zero_s)
    args += ["-filter_complex", draw_picture_graph(plan, plan.video, rungs)]
    for index in range(len(rungs)):
        args += ["-map", f"[v{index}]"]  # in the order of `rungs`, by which the options below count (:v:0, :v:1, …)
    args += _CLEAN
    args += ["-c:v", "libx264"]  # H.264 is the one codec that every browser plays by Media Source
    # Measured at 1080p: «superfast» needs twice the bits to save 27 % of the CPU time, «medium» twice the CPU time for
    # 0.001 of SSIM.
    args += ["-preset", "veryfast"]
    # Constant quality with a cap («constrained encoding», trac.ffmpeg.org/wiki/Encode/H.264): easy pictures take fewer
    # bits than the cap, and only the peaks of hard ones are cut. 23 is libx264's default.
    args += ["-crf", "23"]
    args += ["-profile:v", "high"]  # what decoders have; nothing above 8 bit 4:2:0
    # No key frames at changes of scene: all rungs have theirs at the same moments, or players could not change rungs.
    args += ["-sc_threshold", "0"]
    # «source»: where the copied rung has them; else at every multiple of two seconds.
    args += ["-force_key_frames", "source" if plan.copied else f"expr:gte(t,n_forced*{GOP_S})"]
    args += ["-g", str(_LONGEST_GOP)]  # libx264's default of 250 frames would set key frames of its own in between
    for index, rung in enumerate(rungs):
        # The cap, averaged over a decoder's buffer of two seconds (VBV, ITU-T H.264 annex C).
        args += [f"-maxrate:v:{index}", str(rung.max_bits_per_s)]
        args += [f"-bufsize:v:{index}", str(2 * rung.max_bits_per_s)]
    return [*args, *_package([f"v:{index},name:{rung.name}" for index, rung in enumerate(rungs)], into, raw)]


def copy_picture(source: Path, plan: Plan, rung: Rung, *, into: Path, raw: Path) -> list[str]:
    """Return the arguments that copy the source's own picture into segments, cut at its own key frames."""
    assert plan.video is not None  # noqa: S101 (for the type checker; there is a rung)
    args = [*PREFIX, *read_source(source, plan.zero_s)]
    args += ["-map", f"0:{plan.video.index}"]  # by its index: ffmpeg's own choice might be a cover picture
    args += _CLEAN
    args += ["-c:v", "copy"]  # measured: 0.13 CPU-seconds a minute, so the film plays at once
    return [*args, *_package([f"v:0,name:{rung.name}"], into, raw)]


def measure_sounds(source: Path, sounds: Sequence[SoundTrack], raw: Path, zero_s: float | None = None) -> list[str]:
    """Return the arguments that measure the loudness of the tracks to make, into `<name>.lufs` and `<name>.peak`.

    The last lines of the files in `raw` count. Gaps are not filled here, so that the last moment tells how much could
    be decoded.
    """
    graph, maps = [], []
    for index, sound in enumerate(sounds):
        meter = draw_meter(raw / f"{sound.name}.lufs", raw / f"{sound.name}.peak")
        graph.append(f"{mix(sound, zero_s, joins_gaps=True)},{meter}[a{index}]")
        maps += ["-map", f"[a{index}]"]
    args = [*PREFIX, *read_source(source, zero_s)]
    args += ["-filter_complex", ";".join(graph), *maps]  # all tracks in one pass over the file
    args += ["-f", "null", "-"]  # the sound itself is thrown away
    return args


def draw_meter(lufs: Path, peak: Path) -> str:
    """Return the filters that write the loudness and the true peak so far into two files, ten times a second."""
    # EBU R 128. peak=true: peaks between the samples, by oversampling (ITU-R BS.1770, annex 2); metadata=1: each frame
    # carries the values, and `ametadata` prints one of them into a file. Measured, it takes 0.3 CPU-seconds a minute
    # (`loudnorm` 1.2).
    meter = "ebur128=peak=true:metadata=1"
    printing = [
        f"ametadata=mode=print:key=lavfi.r128.{key}:file={path}" for key, path in (("I", lufs), ("true_peak", peak))
    ]
    return ",".join([meter, *printing])


def encode_sounds(
    source: Path,
    sounds: Sequence[SoundTrack],
    gains: Sequence[Gain],
    *,
    into: Path,
    raw: Path,
    zero_s: float | None = None,
) -> list[str]:
    """Return the arguments that encode the tracks as AAC-LC in stereo at 48 kHz, each with its gain."""
    graph, maps, names = [], [], []
    for index, (sound, gain) in enumerate(zip(sounds, gains, strict=True)):
        graph.append(f"{mix(sound, zero_s)}{amplify(gain)}[a{index}]")
        maps += ["-map", f"[a{index}]"]
        names.append(f"a:{index},name:{sound.name}")
    args = [*PREFIX, *read_source(source, zero_s)]
    args += ["-filter_complex", ";".join(graph), *maps]  # all tracks in one pass over the file
    args += _CLEAN
    args += ["-c:a", "aac"]  # ffmpeg's own encoder of AAC-LC; Fraunhofer's may not be distributed with it
    args += ["-b:a", str(AUDIO_BITS_PER_S)]
    args += ["-ar", "48000"]  # the rate of broadcasting: most sources have it already
    args += ["-ac", "2"]  # one layout for all tracks, so that players can change between them without a break
    return [*args, *_package(names, into, raw)]


def read_source(source: Path, zero_s: float | None = None) -> list[str]:
    """Return the arguments that open a file as a known media format and nothing else: no playlist, no network.

    `zero_s`: the moment of a loose clock that becomes the zero (`source_clock`).

    A playlist named like a film makes ffmpeg read other files and addresses (CVE-2016-1897, CVE-2016-1898).
    """
    args = ["-protocol_whitelist", "file"]  # no network, no pipe, no file inside of another address
    args += ["-format_whitelist", FORMATS]  # no playlist, whatever the first bytes say
    return [*args, *name_zero(zero_s), "-i", str(source)]


def read_own(source: Path) -> list[str]:
    """Return the arguments that open a file that was made here: its format is named, not guessed."""
    return ["-protocol_whitelist", "file", "-f", "mov", "-i", str(source)]


def _package(names: Sequence[str], into: Path, raw: Path) -> list[str]:
    """Return the arguments of the HLS muxer; `names` has an entry of `-var_stream_map` for each playlist."""
    # Each file begins at zero by an edit list; else every muxer would shift its own by what its codec delays.
    args = ["-avoid_negative_ts", "disabled"]
    args += ["-f", "hls"]  # the muxer writes the media files and a playlist for each, from which ours are made
    args += ["-hls_time", str(SEGMENT_S)]
    args += ["-hls_playlist_type", "event"]  # the playlist keeps all segments while it grows, so it can be played
    args += ["-hls_segment_type", "fmp4"]  # fragmented MP4 can be joined into an MP4 file without encoding
    # Every segment begins with a key frame, and the playlist says so. One file holds them all as byte ranges: a film of
    # 90 minutes is then five files instead of some 6,800.
    args += ["-hls_flags", "independent_segments+single_file"]
    args += ["-hls_segment_filename", str(into / name_media("%v"))]  # %v: the name in the map below
    args += ["-var_stream_map", " ".join(names)]  # a playlist for each stream, not one for all
    return [*args, str(raw / name_playlist("%v"))]


def join_files(sources: Sequence[Path], target: Path) -> list[str]:
    """Return the arguments that copy finished streams into one MP4 file that plays while it loads."""
    args = [*PREFIX]
    for source in sources:
        args += read_own(source)
    for index in range(len(sources)):
        args += ["-map", f"{index}:0"]  # the one stream of each file
    args += ["-c", "copy"]  # they are encoded already
    args += ["-movflags", "+faststart"]  # the index goes to the front of the file
    return [*args, "-f", "mp4", str(target)]
