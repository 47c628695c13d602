"""Colors are what they were, whatever the source says of itself: decoded again and compared patch by patch."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ingest.tests.clips import make_media
from funkhaus.ingest.tests.patches import draw_patches, encode_own, measure_error, read_color, read_frame

pytestmark = pytest.mark.media

TOLERANCE = 8  # of 255: two conversions, 4:2:0 and the encoder
SAID = "format=gbrp,zscale=min=gbr:pin=709:tin=709:rin=full:m={m}:p={p}:t={t}:r={r}"
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "10")


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (SAID.format(m="709", p="709", t="709", r="limited") + ",format=yuv420p", X264),
        (SAID.format(m="709", p="709", t="709", r="full") + ",format=yuv420p", X264),
        (SAID.format(m="470bg", p="709", t="709", r="limited") + ",format=yuv422p", X264),
        (SAID.format(m="170m", p="709", t="601", r="full") + ",format=yuvj420p", X264),
        (SAID.format(m="2020_ncl", p="2020", t="709", r="limited") + ",format=yuv420p10le", X264),
        (SAID.format(m="709", p="170m", t="601", r="limited") + ",format=yuv444p", X264),
        ("scale=out_color_matrix=bt601:out_range=tv,format=yuv420p,setparams=colorspace=unknown", X264),
        ("format=gbrp", ("-c:v", "libx264rgb", "-preset", "ultrafast", "-crf", "5")),
        ("format=gbrp10le", ("-c:v", "ffv1")),
        ("format=rgb24", ("-c:v", "png")),
        (SAID.format(m="709", p="709", t="709", r="limited") + ",format=yuv444p12le", ("-c:v", "ffv1")),
    ],
    ids=["709", "709 full", "470bg 4:2:2", "601 full", "2020", "primaries", "unsaid", "rgb", "rgb10", "png", "12 bit"],
)
def test_colors_survive(tmp_path: Path, look: str, words: tuple[str, ...]) -> None:
    source = make_media(tmp_path / "source.mkv", *draw_patches(tmp_path / "raw"), "-vf", look, *words)
    _plan, made = encode_own(source, tmp_path / "made")
    frame = read_frame(made)
    assert (int(frame.colorspace), int(frame.color_primaries), int(frame.color_range)) == (1, 1, 1)
    assert frame.format.name == "yuv420p"
    assert measure_error(frame) <= TOLERANCE


def test_unsaid_and_large_is_709(tmp_path: Path) -> None:
    look = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=colorspace=unknown"
    picture = draw_patches(tmp_path / "raw", (1152, 648))
    _plan, made = encode_own(make_media(tmp_path / "source.mkv", *picture, "-vf", look, *X264), tmp_path / "made")
    assert measure_error(read_frame(made)) <= TOLERANCE


@pytest.mark.parametrize(("transfer", "white"), [("smpte2084", "npl=203"), ("arib-std-b67", "npl=203")])
def test_hdr_becomes_a_picture_of_ordinary_brightness(tmp_path: Path, transfer: str, white: str) -> None:
    """Tone mapping changes colors on purpose: order and hue stay, gray stays gray, nothing is washed out."""
    look = f"format=gbrp,zscale=min=gbr:pin=709:tin=709:rin=full:t=linear:p=709:m=gbr:{white},format=gbrpf32le"
    look += f",zscale=t={transfer}:p=2020:m=2020_ncl:r=limited,format=yuv420p10le"
    picture = draw_patches(tmp_path / "raw")
    source = make_media(tmp_path / "hdr.mkv", *picture, "-vf", look, *X264, "-pix_fmt", "yuv420p10le")
    plan, made = encode_own(source, tmp_path / "made")
    assert plan.video is not None
    assert plan.video.is_hdr
    frame = read_frame(made)
    red, green, blue, light, dark, _yellow = (read_color(frame, (place + 0.5) / 6, 0.5) for place in range(6))
    assert (red.index(max(red)), green.index(max(green)), blue.index(max(blue))) == (0, 1, 2)
    assert max(light) - min(light) <= 6
    assert 150 <= light[1] <= 235
    assert dark[1] < 60


def test_what_is_transparent_lies_over_black(tmp_path: Path) -> None:
    look = "format=rgba,colorchannelmixer=aa=0.5"
    source = make_media(tmp_path / "a.mkv", *draw_patches(tmp_path / "raw"), "-vf", look, "-c:v", "ffv1")
    plan, made = encode_own(source, tmp_path / "made")
    assert plan.video is not None
    assert plan.video.has_alpha
    assert read_color(read_frame(made), 3.5 / 6, 0.5) == pytest.approx((100, 100, 100), abs=TOLERANCE)
