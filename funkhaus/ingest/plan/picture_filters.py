"""Filter graphs for the picture: upright, square, progressive, at a steady rate, BT.709 in 8 bit 4:2:0. Pure.

Codes are those of ITU-T H.273. ffmpeg turns pictures upright by itself, before the graph.
"""

from __future__ import annotations

from collections.abc import Sequence

from funkhaus.ingest.plan.ladder import Plan, Rung
from funkhaus.ingest.probe.source_facts import HLG, VideoFacts

STANDARD = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "ycgco", 9: "bt2020nc"}
_PRIMARIES = {1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 12: "smpte432"}
_UNSAID, _STANDARD_CODES = 2, {1, 2}
SD_HEIGHT, SD_WIDTH = 576, 1024  # up to this size, pictures that don't say so are BT.601
FAR = 2  # from this factor on, a cheaper filter shows no difference


def draw_picture_graph(plan: Plan, video: VideoFacts, rungs: Sequence[Rung]) -> str:
    """Scale in a cascade from the largest rung down: each step works on fewer pixels. Outputs: `[v0]`, `[v1]`, …"""
    steps = prepare(plan, video)
    ordered = sorted(enumerate(rungs), key=lambda item: -item[1].short_side)
    graph, source = [], f"0:{video.index}"
    height = min(video.display_size)
    for count, (place, rung) in enumerate(ordered):
        quality = "bilinear" if rung.short_side * FAR <= height else "bicubic"
        steps.append(f"scale={rung.width}:{rung.height}:flags={quality},setsar=1")
        if count == 0:
            steps += [*convert_colors(video), "format=yuv420p", STANDARD]
        is_last = count == len(ordered) - 1
        outputs = f"[v{place}]" if is_last else f"[v{place}][s{count}]"
        steps += [] if is_last else ["split=2"]
        graph.append(f"[{source}]{','.join(steps)}{outputs}")
        steps, source, height = [], f"s{count}", rung.short_side
    return ";".join(graph)


def prepare(plan: Plan, video: VideoFacts) -> list[str]:
    """What happens before the first scaling: over black, whole frames, steady rate, a last picture that stands."""
    steps = ["premultiply=inplace=1"] if video.has_alpha else []
    if plan.field_order:
        steps.append(f"bwdif=mode=send_field:parity={plan.field_order}:deint=all")
    steps.append(f"fps={plan.frame_rate}:start_time=0")
    if plan.still_s:
        steps.append(f"tpad=stop_mode=clone:stop_duration={plan.still_s:.3f}")
    return steps


def convert_colors(video: VideoFacts) -> list[str]:
    """The way from the source's colors to BT.709 in limited range; nothing where they are that already."""
    matrix = _name_matrix(video)
    primaries = _PRIMARIES.get(video.primaries, "bt2020" if video.is_hdr else "bt709")
    full = "full" if video.is_full_range or video.is_rgb else "limited"
    if video.is_hdr:
        transfer = "arib-std-b67" if video.transfer == HLG else "smpte2084"
        linear = f"zscale=min={matrix}:pin={primaries}:tin={transfer}:rin={full}:t=linear:npl=100:p=bt709:m=gbr:r=full"
        # Paper white (203 cd/m², ITU-R BT.2408) stays nearly as it is; lights up to 1,000 are pressed in above it.
        mapped = "format=gbrpf32le,tonemap=mobius:desat=0:peak=10"
        return [f"format={_plain_format(video)}", linear, mapped, "zscale=t=bt709:m=bt709:p=bt709:r=limited"]
    if matrix == "bt709" and primaries == "bt709" and full == "limited":
        return []
    conversion = f"zscale=min={matrix}:pin={primaries}:tin=bt709:rin={full}:m=bt709:p=bt709:t=bt709:r=limited"
    return [f"format={_plain_format(video)}", conversion]


def _plain_format(video: VideoFacts) -> str:
    """The planar format nearest to the source's, so that nothing is converted before its colors are known."""
    depth = next((bits for bits in (8, 10, 12) if video.bit_depth <= bits), 16)
    if video.is_rgb:
        return "gbrp" if depth == 8 else f"gbrp{depth}le"
    sampling = next((kind for kind in ("444", "422", "420") if kind in video.pixel_format), "420")
    return f"yuv{sampling}p" if depth == 8 else f"yuv{sampling}p{depth}le"


def _name_matrix(video: VideoFacts) -> str:
    if video.is_rgb:
        return "gbr"
    if video.matrix != _UNSAID:
        return _MATRICES.get(video.matrix, "bt709")
    if video.is_hdr or video.primaries == 9:
        return "bt2020nc"
    is_small = video.height <= SD_HEIGHT and video.width <= SD_WIDTH
    return "smpte170m" if is_small and video.primaries in {*_STANDARD_CODES, 5, 6} else "bt709"
