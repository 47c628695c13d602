"""From an upload's last byte to the first segment; the cost of the ladder beside one ffmpeg that makes it at once."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg

from bench.table import Row
from tests.server import Server, run_command, wait_for

SECONDS = 60
SIZES = ((1920, 1080, 5000), (1280, 720, 2800), (960, 540, 1600), (640, 360, 800))
TRAILER = "video/sintel-trailer-720p24-moov-at-end.mp4"
LOOK = "scale=1920:1080,unsharp=5:5:0.8,noise=alls=4:allf=t,fps=25,format=yuv420p"


def measure_ladder(server: Server, folder: Path) -> list[Row]:
    """Ingest one minute of 1080p25 with the server's worker; then the same ladder in one process, in the same run."""
    clip, note = make_clip(folder)
    first_s, cpu_s = _ingest(server, clip)
    plain_s = count_cpu(lambda: _make_at_once(clip, folder / "plain"))
    return [
        Row("upload to first segment, no pass-through", first_s, "s", 2, note=note),
        Row(
            "ladder: CPU against one process", cpu_s / plain_s, "×", 1.15, note=f"{cpu_s:.0f} s against {plain_s:.0f} s"
        ),
    ]


def make_clip(folder: Path) -> tuple[Path, str]:
    """Clip A of the video paper as near as it gets: too many bits to be passed through."""
    clip = folder / "clip.mp4"
    trailer = Path(os.environ.get("FUNKHAUS_SAMPLES", "")) / TRAILER
    is_real = bool(os.environ.get("FUNKHAUS_SAMPLES")) and trailer.exists()
    if is_real:
        inputs = ["-stream_loop", "1", "-i", str(trailer)]
    else:
        inputs = ["-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate=25:duration={SECONDS}"]
        inputs += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={SECONDS}"]
    _run(
        *inputs,
        "-vf",
        LOOK,
        "-t",
        str(SECONDS),
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-b:v",
        "7600k",
        "-c:a",
        "aac",
        str(clip),
    )
    return clip, "real film scaled up" if is_real else "drawn test picture; FUNKHAUS_SAMPLES has real film"


def _ingest(server: Server, clip: Path) -> tuple[float, float]:
    """Seconds until the master playlist is there, and CPU seconds of the workers and their programs until ready."""
    workers = [pid for pid, line in server.children().items() if "funkhaus worker" in line]
    before = sum(map(read_cpu_s, workers))
    answer = json.loads(run_command(server.data, "ingest", str(clip), "--json").stdout)
    asset = "SELECT a.id, a.key, a.state, j.created_at FROM ingest_asset a JOIN ingest_job j ON j.asset_id = a.id"
    key = server.query(f"{asset} ORDER BY j.id DESC LIMIT 1")[0][1]
    assert answer["id"]
    master = server.data / "media" / key / "master.m3u8"
    started = (server.data / "originals").stat().st_mtime
    wait_for(master.exists, "the first segment", 60, 0.02)
    first_s = time.time() - started
    wait_for(lambda: server.query(f"{asset} ORDER BY j.id DESC LIMIT 1")[0][2] == "ready", "the ladder", 900)
    return first_s, sum(map(read_cpu_s, workers)) - before


def read_cpu_s(process: int) -> float:
    """CPU seconds of a process and the children it has waited for (proc(5), fields 14 to 17 of stat)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def count_cpu(action: Callable[[], None]) -> float:
    """CPU seconds of the programs that `action` runs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _make_at_once(clip: Path, folder: Path) -> None:
    """Four rungs and the sound in one process: one decode, each size scaled from the one above."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    graph, source, maps, caps = [], "0:v", [], []
    for place, (width, height, cap) in enumerate(SIZES):
        split = f",split=2[v{place}][s{place}]" if place < len(SIZES) - 1 else f"[v{place}]"
        graph.append(f"[{source}]scale={width}:{height}:flags=bicubic{split}")
        source = f"s{place}"
        maps += ["-map", f"[v{place}]"]
        caps += [f"-maxrate:v:{place}", f"{cap}k", f"-bufsize:v:{place}", f"{2 * cap}k"]
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high", "-sc_threshold", "0"]
    encode += ["-force_key_frames", "expr:gte(t,n_forced*2)", "-g", "250", "-c:a", "aac", "-b:a", "128k"]
    names = " ".join(f"v:{place},name:{place}" for place in range(len(SIZES))) + " a:0,name:a"
    package = [
        "-f",
        "hls",
        "-hls_time",
        "4",
        "-hls_segment_type",
        "fmp4",
        "-hls_flags",
        "single_file",
        "-hls_playlist_type",
        "vod",
    ]
    package += ["-hls_segment_filename", str(folder / "%v.mp4"), "-var_stream_map", names, str(folder / "%v.m3u8")]
    _run("-i", str(clip), "-filter_complex", ";".join(graph), *maps, "-map", "0:a:0", *encode, *caps, *package)


def _run(*words: str) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *words], check=True, timeout=1800)
