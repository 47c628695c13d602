"""Filter graphs for the picture: make it upright, square, progressive, of constant rate, BT.709 in 8 bit 4:2:0. Pure.

Codes of colors are those of ITU-T H.273. ffmpeg rotates pictures upright by itself, before the graph.
"""

from __future__ import annotations

from collections.abc import Sequence

from funkhaus.ingest.plan.ladder import Plan, Rung
from funkhaus.ingest.plan.source_clock import draw_jumps
from funkhaus.ingest.probe.source_facts import HLG, VideoFacts

# Marks the frames as BT.709 in limited range; the encoder writes that into the stream, so that no player has to guess.
STANDARD = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
# zscale's names for the codes of ITU-T H.273, tables 4 and 2.
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "ycgco", 9: "bt2020nc"}
_PRIMARIES = {1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 12: "smpte432"}
_UNSAID, _STANDARD_CODES = 2, {1, 2}
SD_HEIGHT, SD_WIDTH = 576, 1024  # up to this size (PAL, 16:9 in square pixels), unmarked pictures are BT.601
FAR = 2  # from this factor on, a cheaper filter shows no difference


def draw_picture_graph(plan: Plan, video: VideoFacts, rungs: Sequence[Rung]) -> str:
    """Return the graph that scales from the largest rung down, each step from the one above.

    Each step so works on fewer pixels. The outputs `[v0]`, `[v1]`, … are in the order of `rungs`.
    """
    steps = prepare(plan, video)
    ordered = sorted(enumerate(rungs), key=lambda item: -item[1].short_side)
    graph, source = [], f"0:{video.index}"
    height = min(video.display_size)
    for count, (index, rung) in enumerate(ordered):
        quality = "bilinear" if rung.short_side * FAR <= height else "bicubic"
        steps.append(f"scale={rung.width}:{rung.height}:flags={quality}")
        steps.append("setsar=1")  # the size is meant in square pixels; `scale` alone would note others
        if count == 0:
            # Colors behind the first scaling: measured for HDR, 23 % more CPU time at 720p, 64 % more at 1080p.
            steps += convert_colors(video)
            steps.append("format=yuv420p")  # what the profile «high» and every decoder take
            steps.append(STANDARD)
        is_last = count == len(ordered) - 1
        outputs = f"[v{index}]" if is_last else f"[v{index}][s{count}]"
        steps += [] if is_last else ["split=2"]  # one copy to the encoder, one to the next scaling
        graph.append(f"[{source}]{','.join(steps)}{outputs}")
        steps, source, height = [], f"s{count}", rung.short_side
    return ";".join(graph)


def prepare(plan: Plan, video: VideoFacts) -> list[str]:
    """Return the filters before the first scaling: clock, alpha, fields, frame rate, a last picture that stands."""
    steps = draw_jumps(plan.zero_s, video.line, is_sound=False)
    # Colors times alpha: the picture stands over black, as in a browser; else hidden colors would show.
    steps += ["premultiply=inplace=1"] if video.has_alpha else []
    if plan.field_order:
        # send_field: a frame for each field, so that motion stays smooth. deint=all: by our measure, not by the flags
        # of single frames, which are often wrong.
        steps.append(f"bwdif=mode=send_field:parity={plan.field_order}:deint=all")
    # A constant rate, as segments of equal length need it; start_time=0 shows the first frame from the beginning.
    steps.append(f"fps={plan.frame_rate}:start_time=0")
    if plan.still_s:
        # The last frame is repeated while the sound goes on: players stop where one of the two ends.
        steps.append(f"tpad=stop_mode=clone:stop_duration={plan.still_s:.3f}")
    return steps


def convert_colors(video: VideoFacts) -> list[str]:
    """Return the filters from the source's colors to BT.709 in limited range; none where they are that already."""
    matrix = _name_matrix(video)
    primaries = _PRIMARIES.get(video.primaries, "bt2020" if video.is_hdr else "bt709")
    full = "full" if video.is_full_range or video.is_rgb else "limited"
    if video.is_hdr:
        transfer = "arib-std-b67" if video.transfer == HLG else "smpte2084"
        # The filter `tonemap` needs linear light in RGB, as floats (gbrpf32le). npl=100: 1.0 is 100 cd/m², the white of
        # BT.709 (ITU-R BT.2035); min, pin, tin, rin describe the input, m, p, t, r the output.
        linear = f"zscale=min={matrix}:pin={primaries}:tin={transfer}:rin={full}:t=linear:npl=100:p=bt709:m=gbr:r=full"
        # Paper white (203 cd/m², ITU-R BT.2408) stays nearly as it is; lights up to 1,000 (peak=10) are compressed
        # above it. desat=0: bright colors keep their saturation.
        mapped = "format=gbrpf32le,tonemap=mobius:desat=0:peak=10"
        return [f"format={_plain_format(video)}", linear, mapped, "zscale=t=bt709:m=bt709:p=bt709:r=limited"]
    if matrix == "bt709" and primaries == "bt709" and full == "limited":
        return []
    # tin=bt709 for all SDR: the curves of BT.601, BT.709 and BT.2020 are the same (ITU-T H.273, table 3).
    conversion = f"zscale=min={matrix}:pin={primaries}:tin=bt709:rin={full}:m=bt709:p=bt709:t=bt709:r=limited"
    return [f"format={_plain_format(video)}", conversion]


def _plain_format(video: VideoFacts) -> str:
    """Return the planar format nearest to the source's, so that nothing is converted before its colors are known."""
    depth = next((bits for bits in (8, 10, 12) if video.bit_depth <= bits), 16)
    if video.is_rgb:
        return "gbrp" if depth == 8 else f"gbrp{depth}le"
    sampling = next((kind for kind in ("444", "422", "420") if kind in video.pixel_format), "420")
    return f"yuv{sampling}p" if depth == 8 else f"yuv{sampling}p{depth}le"


def _name_matrix(video: VideoFacts) -> str:
    """Return zscale's name of the matrix; unmarked SD is BT.601, unmarked HDR BT.2020, everything else BT.709."""
    if video.is_rgb:
        return "gbr"
    if video.matrix != _UNSAID:
        return _MATRICES.get(video.matrix, "bt709")
    if video.is_hdr or video.primaries == 9:  # 9: BT.2020
        return "bt2020nc"
    is_small = video.height <= SD_HEIGHT and video.width <= SD_WIDTH
    return "smpte170m" if is_small and video.primaries in {*_STANDARD_CODES, 5, 6} else "bt709"  # 5, 6: BT.601
