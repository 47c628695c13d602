"""Programs that nobody here wrote play the page, the embed page and the playlist: every picture is decoded."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.audit.programme import Programme, find_programme
from tests.server import ROOT, Server

PYTHON = ROOT / "var/audit-tools/python/bin"
SCRIPT = Path(__file__).with_name("probe.lua")
NEAR_S, NEAR_FRAMES = 0.2, 2


def check_players(server: Server) -> list[str]:
    """Every program with every address that it can be given."""
    show = find_programme(server)
    findings = list(check_ytdlp(show))
    for address in (show.manifest, show.file):
        findings += check_ffprobe(show, address)
        findings += check_gstreamer(show, address)
    for address in (show.page, show.embed, show.manifest):
        findings += check_mpv(show, address)
    return findings


def run(words: Sequence[str], seconds: float = 180) -> str:
    """What a program writes; raises `CalledProcessError` when it fails."""
    result = subprocess.run(words, capture_output=True, text=True, check=False, timeout=seconds)
    if result.returncode:
        raise subprocess.CalledProcessError(result.returncode, words[:1], result.stdout, result.stderr[-500:])
    return result.stdout + result.stderr


def judge(who: str, show: Programme, *, seconds: float | None, frames: int | None) -> Iterator[str]:
    """Length and pictures against what is true."""
    if seconds is None or abs(seconds - show.seconds) > NEAR_S:
        yield f"{who}: {seconds} s, not {show.seconds}"
    if frames is None or abs(frames - show.frames) > NEAR_FRAMES:
        yield f"{who}: {frames} pictures, not {show.frames}"


def probe(address: str) -> dict[str, Any]:
    """Every stream with its pictures counted by decoding them."""
    words = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", address]
    found: dict[str, Any] = json.loads(run(words))
    return found


def check_ffprobe(show: Programme, address: str) -> list[str]:
    """Every rung whole; sounds and subtitles listed where a playlist is read."""
    who = f"ffprobe {address}"
    found = probe(address)
    kinds = [stream["codec_type"] for stream in found["streams"]]
    pictures = [stream for stream in found["streams"] if stream["codec_type"] == "video"]
    findings: list[str] = []
    for stream in pictures:
        findings += judge(
            who, show, seconds=float(found["format"]["duration"]), frames=int(stream.get("nb_read_frames", 0))
        )
    is_list = address == show.manifest
    # FFmpeg reads no subtitles out of a playlist.
    wanted = {"video": len(show.heights), "audio": show.sounds} if is_list else {"video": 1, "audio": 1}
    for kind, count in wanted.items():
        findings += [] if kinds.count(kind) == count else [f"{who}: {kinds.count(kind)} of {kind}, not {count}"]
    heights = tuple(sorted(stream["height"] for stream in pictures))
    findings += [f"{who}: heights {heights}"] if is_list and heights != show.heights else []
    return findings


def check_ytdlp(show: Programme) -> Iterator[str]:
    """Title, length and age are told; what it fetches decodes whole."""
    program = str(PYTHON / "yt-dlp")
    for address in (show.page, show.embed, show.manifest):
        who = f"yt-dlp {address}"
        info = json.loads(run([program, "-J", "--no-warnings", address]).splitlines()[0])
        info = info["entries"][0] if info.get("entries") else info
        if address != show.manifest and show.title not in info.get("title", ""):
            yield f"{who}: called {info.get('title')}"
        if info.get("duration") not in {None, round(show.seconds)}:
            yield f"{who}: {info.get('duration')} s"
        languages = [language for language in info.get("subtitles") or {} if language != "live_chat"]
        if len(languages) < 1:
            yield f"{who}: no subtitles"
        with tempfile.TemporaryDirectory() as folder:
            run([program, "-q", "--no-warnings", "-o", f"{folder}/film.%(ext)s", address])
            files = sorted(Path(folder).iterdir(), key=lambda file: file.stat().st_size)
            found = probe(str(files[-1]))
        frames = [int(one["nb_read_frames"]) for one in found["streams"] if one["codec_type"] == "video"]
        yield from judge(who, show, seconds=float(found["format"]["duration"]), frames=max(frames, default=None))
        if not any(one["codec_type"] == "audio" for one in found["streams"]):
            yield f"{who}: no sound"


def check_mpv(show: Programme, address: str) -> list[str]:
    """It decodes everything into a list with one line for each picture."""
    who = f"mpv {address}"
    with tempfile.TemporaryDirectory() as folder:
        words = ["mpv", "--no-config", f"--script={SCRIPT}", "--msg-level=all=warn,probe=info", "--sub=no"]
        words += [f"--o={folder}/pictures", "--of=framecrc", "--ovc=rawvideo", "--oac=pcm_s16le"]
        said = run([*words, f"--script-opts=ytdl_hook-ytdl_path={PYTHON / 'yt-dlp'}", address])
        lines = Path(folder, "pictures").read_text().splitlines()
    line = re.search(r"PROBE (\{.*\})", said)
    pictures = [one.split(":")[0].split()[1] for one in lines if re.fullmatch(r"#codec_id \d+: rawvideo", one)]
    frames = sum(one.startswith(f"{pictures[0]},") for one in lines) if pictures else None
    if line is None:
        return [f"{who}: {said[-300:]}"]
    found = json.loads(line[1])
    findings = list(judge(who, show, seconds=found["duration"], frames=frames))
    is_list = address == show.manifest
    findings += [] if found["audio"] >= (show.sounds if is_list else 1) else [f"{who}: {found['audio']} sounds"]
    findings += [] if is_list or found["text"] >= show.texts else [f"{who}: {found['text']} subtitles"]
    return findings


def check_gstreamer(show: Programme, address: str) -> list[str]:
    """It finds length and streams; played to its end, no picture is missing."""
    who = f"GStreamer {address}"
    seen = run(["gst-discoverer-1.0", "-v", "-t", "60", address])
    clock = re.search(r"Duration: (\d+):(\d\d):(\d\d\.\d+)", seen)
    seconds = (
        sum(float(part) * unit for part, unit in zip(clock.groups(), (3600, 60, 1), strict=True)) if clock else None
    )
    sinks = ["video-sink=fakesink name=pictures silent=false sync=false", "audio-sink=fakesink sync=false"]
    said = run(["gst-launch-1.0", "-v", "playbin3", f"uri={address}", *sinks, "text-sink=fakesink"])
    return list(judge(who, show, seconds=seconds, frames=len(re.findall(r"pictures.*last-message = chain", said))))
