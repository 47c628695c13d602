"""Argument lists for ffmpeg. Pure: a plan comes in, words go out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from funkhaus.ingest.facts import HLG, VideoFacts
from funkhaus.ingest.probe_formats import FORMATS
from funkhaus.ingest.rules import AUDIO_BITS_PER_S, Plan, Rung

SEGMENT_S = 4
GOP_S = 2
SOUND = "sound"
PREFIX = ("-nostdin", "-hide_banner", "-v", "error", "-nostats", "-progress", "pipe:1", "-y")


def encode_ladder(
    source: Path, plan: Plan, rungs: Sequence[Rung], *, with_sound: bool, into: Path, raw: Path
) -> list[str]:
    """Encode `rungs` (and the sound) in one decode: byte-range files into `into`, ffmpeg's playlists into `raw`."""
    graph, maps, names = [], [], []
    if rungs and plan.video:
        graph.append(_picture_graph(plan, rungs))
        for place, rung in enumerate(rungs):
            maps += ["-map", f"[v{place}]"]
            names.append(f"v:{place},name:{rung.name}" + (",agroup:sound" if with_sound else ""))
    if with_sound and plan.audio:
        graph.append(f"[0:{plan.audio.index}]{sound_filter()}[a]")
        maps += ["-map", "[a]"]
        names.append(f"a:0,name:{SOUND}" + (",agroup:sound,default:yes" if rungs else ""))
    words = [*PREFIX, *read_source(source), "-filter_complex", ";".join(graph), *maps]
    words += ["-map_metadata", "-1", "-map_chapters", "-1"]
    words += _picture_options(rungs) if rungs else []
    words += sound_options() if with_sound else []
    return [*words, *_package_options(names, into, raw)]


def read_source(source: Path) -> list[str]:
    """Open a file as what it is and nothing else: no playlist, no network."""
    return ["-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-i", str(source)]


def sound_filter() -> str:
    """Stereo at 48 kHz without gaps from the start on. A measured gain (loudness) goes in front of it."""
    return "aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo"


def sound_options() -> list[str]:
    """AAC-LC."""
    return ["-c:a", "aac", "-b:a", str(AUDIO_BITS_PER_S), "-ar", "48000", "-ac", "2"]


def _picture_graph(plan: Plan, rungs: Sequence[Rung]) -> str:
    """Scale in a cascade from the largest rung down: each step works on fewer pixels."""
    assert plan.video is not None  # noqa: S101 (for the type checker; the caller asked)
    steps = [*_prepare(plan)]
    ordered = sorted(enumerate(rungs), key=lambda item: -item[1].short_side)
    graph, source = [], f"0:{plan.video.index}"
    for count, (place, rung) in enumerate(ordered):
        steps.append(f"scale={rung.width}:{rung.height}:flags=bicubic:out_range=tv,setsar=1")
        if count == 0 and plan.video.is_hdr:
            steps.append(_tone_map(plan.video))
        steps.append("format=yuv420p")
        is_last = count == len(ordered) - 1
        outputs = f"[v{place}]" if is_last else f"[v{place}][s{count}]"
        steps += [] if is_last else ["split=2"]
        graph.append(f"[{source}]{','.join(steps)}{outputs}")
        steps, source = [], f"s{count}"
    return ";".join(graph)


def _prepare(plan: Plan) -> list[str]:
    assert plan.video is not None  # noqa: S101 (for the type checker; the caller asked)
    steps = ["bwdif=mode=send_frame:deint=interlaced"] if plan.video.is_interlaced else []
    return [*steps, f"fps={plan.frame_rate}:start_time=0"]


def _tone_map(video: VideoFacts) -> str:
    transfer = "arib-std-b67" if video.transfer == HLG else "smpte2084"
    return (
        f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc,"
        "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv"
    )


def _picture_options(rungs: Sequence[Rung]) -> list[str]:
    words = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high", "-sc_threshold", "0"]
    # The forced key frames make the cuts; -g only has to be longer than they are apart.
    words += ["-force_key_frames", f"expr:gte(t,n_forced*{GOP_S})", "-g", "250"]
    for place, rung in enumerate(rungs):
        words += [f"-maxrate:v:{place}", str(rung.max_bits_per_s), f"-bufsize:v:{place}", str(2 * rung.max_bits_per_s)]
    return words


def _package_options(names: Sequence[str], into: Path, raw: Path) -> list[str]:
    return [
        *("-f", "hls", "-hls_time", str(SEGMENT_S), "-hls_playlist_type", "event", "-hls_segment_type", "fmp4"),
        *("-hls_flags", "independent_segments+single_file", "-hls_segment_filename", str(into / "%v.mp4")),
        *("-var_stream_map", " ".join(names), str(raw / "%v.m3u8")),
    ]


def join_files(sources: Sequence[Path], target: Path) -> list[str]:
    """Copy finished streams into one file that plays while it loads (index in front)."""
    words = [*PREFIX]
    for source in sources:
        words += ["-protocol_whitelist", "file", "-f", "mov", "-i", str(source)]
    for place in range(len(sources)):
        words += ["-map", f"{place}:0"]
    return [*words, "-c", "copy", "-movflags", "+faststart", "-f", "mp4", str(target)]


def draw_frame(source: Path, at_s: float, target: Path) -> list[str]:
    """Take the very frame that is shown at the second `at_s`."""
    return [
        *(*PREFIX, "-ss", f"{at_s:.3f}", "-protocol_whitelist", "file", "-f", "mov", "-i", str(source), "-an"),
        *("-frames:v", "1", "-q:v", "4", "-f", "image2", "-update", "1", str(target)),
    ]


def draw_poster(source: Path, at_s: float, target: Path) -> list[str]:
    """Take the most typical picture of the second from `at_s` on: a cut to black is rarely it."""
    return [
        *(*PREFIX, "-ss", f"{at_s:.3f}", "-protocol_whitelist", "file", "-f", "mov", "-i", str(source), "-an"),
        *("-vf", "thumbnail=24", "-frames:v", "1", "-q:v", "4", "-f", "image2", "-update", "1", str(target)),
    ]
