"""Argument lists for ffmpeg. Pure: a plan comes in, words go out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from funkhaus.ingest.plan.ladder import AUDIO_BITS_PER_S, Plan, Rung
from funkhaus.ingest.plan.loudness import PEAK_DBTP, Gain
from funkhaus.ingest.plan.picture_filters import draw_picture_graph
from funkhaus.ingest.plan.sound_tracks import SoundTrack
from funkhaus.ingest.probe.formats import FORMATS

SEGMENT_S = 4
GOP_S = 2
PREFIX = ("-nostdin", "-hide_banner", "-v", "error", "-nostats", "-progress", "pipe:1", "-y")
_CLEAN = ("-map_metadata", "-1", "-map_chapters", "-1")
_LONGEST_GOP = 1000  # the forced key frames make the cuts; this only has to be longer than they are apart
_LAYOUTS = {"mono", "stereo", "2.1", "3.0", "3.0(back)", "4.0", "quad", "quad(side)", "3.1", "4.1", "5.0", "5.0(side)"}
_LAYOUTS |= {"5.1", "5.1(side)", "6.0", "6.1", "7.0", "7.1", "7.1(wide)", "downmix", "5.1.2", "5.1.4", "7.1.4"}


def encode_pictures(source: Path, plan: Plan, rungs: Sequence[Rung], *, into: Path, raw: Path) -> list[str]:
    """Encode `rungs` in one decode: byte-range files into `into`, ffmpeg's playlists into `raw`.

    Key frames come every two seconds, or where the copied rung has them, so that players can change at any of them.
    """
    assert plan.video is not None  # noqa: S101 (for the type checker; there are rungs)
    words = [*PREFIX, *read_source(source), "-filter_complex", draw_picture_graph(plan, plan.video, rungs)]
    for place in range(len(rungs)):
        words += ["-map", f"[v{place}]"]
    words += [*_CLEAN, "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high"]
    keys = "source" if plan.copied else f"expr:gte(t,n_forced*{GOP_S})"
    words += ["-sc_threshold", "0", "-force_key_frames", keys, "-g", str(_LONGEST_GOP)]
    for place, rung in enumerate(rungs):
        words += [f"-maxrate:v:{place}", str(rung.max_bits_per_s), f"-bufsize:v:{place}", str(2 * rung.max_bits_per_s)]
    return [*words, *_package([f"v:{place},name:{rung.name}" for place, rung in enumerate(rungs)], into, raw)]


def copy_picture(source: Path, plan: Plan, rung: Rung, *, into: Path, raw: Path) -> list[str]:
    """Give the source's own picture stream to players, cut into segments at its own key frames."""
    assert plan.video is not None  # noqa: S101 (for the type checker; there is a rung)
    words = [*PREFIX, *read_source(source), "-map", f"0:{plan.video.index}", *_CLEAN, "-c:v", "copy"]
    return [*words, *_package([f"v:0,name:{rung.name}"], into, raw)]


def measure_sounds(source: Path, sounds: Sequence[SoundTrack], raw: Path) -> list[str]:
    """Measure the loudness of what the tracks will be: the last lines of `<name>.lufs` and `<name>.peak` in `raw`.

    Gaps are not filled here, so that the last moment tells how much could be decoded.
    """
    graph, maps = [], []
    for place, sound in enumerate(sounds):
        meter = draw_meter(raw / f"{sound.name}.lufs", raw / f"{sound.name}.peak")
        graph.append(f"{_mix(sound, joins_gaps=True)},{meter}[a{place}]")
        maps += ["-map", f"[a{place}]"]
    return [*PREFIX, *read_source(source), "-filter_complex", ";".join(graph), *maps, "-f", "null", "-"]


def draw_meter(lufs: Path, peak: Path) -> str:
    """A filter that writes the loudness and the true peak so far into two files, ten times a second."""
    printing = [
        f"ametadata=mode=print:key=lavfi.r128.{key}:file={path}" for key, path in (("I", lufs), ("true_peak", peak))
    ]
    return ",".join(["ebur128=peak=true:metadata=1", *printing])


def encode_sounds(
    source: Path, sounds: Sequence[SoundTrack], gains: Sequence[Gain], *, into: Path, raw: Path
) -> list[str]:
    """Encode the tracks as AAC-LC in stereo at 48 kHz, each with its gain."""
    graph, maps, names = [], [], []
    for place, (sound, gain) in enumerate(zip(sounds, gains, strict=True)):
        graph.append(f"{_mix(sound)}{_amplify(gain)}[a{place}]")
        maps += ["-map", f"[a{place}]"]
        names.append(f"a:{place},name:{sound.name}")
    words = [*PREFIX, *read_source(source), "-filter_complex", ";".join(graph), *maps, *_CLEAN]
    words += ["-c:a", "aac", "-b:a", str(AUDIO_BITS_PER_S), "-ar", "48000", "-ac", "2"]
    return [*words, *_package(names, into, raw)]


def _mix(sound: SoundTrack, *, joins_gaps: bool = False) -> str:
    """Stereo at 48 kHz, with gaps filled by silence from the start on, or joined.

    ffmpeg mixes after ITU-R BS.775: the center into both sides at -3 dB, the effects channel left out. A layout that
    is not known has no center to look for: its first two channels are left and right.
    """
    steady = "asetpts=N/SR/TB,aresample=48000" if joins_gaps else "aresample=48000:async=1:first_pts=0"
    shape = f"{steady},aformat=sample_fmts=fltp:channel_layouts=stereo"
    if len(sound.sources) == 2:
        left, right = (f"[0:{source.index}]{steady}" for source in sound.sources)
        return f"{left}[l{sound.name}];{right}[r{sound.name}];[l{sound.name}][r{sound.name}]amerge=inputs=2,{shape}"
    source = sound.sources[0]
    if source.channels > 2 and source.layout not in _LAYOUTS:
        return f"[0:{source.index}]pan=stereo|c0=c0|c1=c1,{shape}"
    return f"[0:{source.index}]{shape}"


def _amplify(gain: Gain) -> str:
    steps = f",volume={gain.gain_db}dB" if gain.gain_db else ""
    if gain.is_limited:
        # Four times the rate shows the peaks between the samples; one dB less leaves room for what AAC adds.
        limit = 10 ** ((PEAK_DBTP - 1) / 20)
        steps += f",aresample=192000,alimiter=limit={limit:.4f}:level=false:latency=true,aresample=48000"
        steps += ",aformat=sample_fmts=fltp:channel_layouts=stereo"
    return steps


def read_source(source: Path) -> list[str]:
    """Open a file as what it is and nothing else: no playlist, no network."""
    return ["-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-i", str(source)]


def read_own(source: Path) -> list[str]:
    """Open a file that was made here."""
    return ["-protocol_whitelist", "file", "-f", "mov", "-i", str(source)]


def _package(names: Sequence[str], into: Path, raw: Path) -> list[str]:
    # Each file begins at zero by an edit list; else every muxer would shift its own by what its codec delays.
    return [
        *(
            "-avoid_negative_ts",
            "disabled",
            "-f",
            "hls",
            "-hls_time",
            str(SEGMENT_S),
            "-hls_playlist_type",
            "event",
            "-hls_segment_type",
            "fmp4",
        ),
        *("-hls_flags", "independent_segments+single_file", "-hls_segment_filename", str(into / "%v.mp4")),
        *("-var_stream_map", " ".join(names), str(raw / "%v.m3u8")),
    ]


def join_files(sources: Sequence[Path], target: Path) -> list[str]:
    """Copy finished streams into one file that plays while it loads (index in front)."""
    words = [*PREFIX]
    for source in sources:
        words += read_own(source)
    for place in range(len(sources)):
        words += ["-map", f"{place}:0"]
    return [*words, "-c", "copy", "-movflags", "+faststart", "-f", "mp4", str(target)]
