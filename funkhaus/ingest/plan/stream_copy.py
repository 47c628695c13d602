"""Stream copy: decides whether the source's own picture can be a rung; in doubt it is encoded. Pure.

Every browser plays over Media Source: H.264 up to High 4.2 in 8 bit 4:2:0, progressive, upright, square pixels, BT.709
or unmarked, limited range, with key frames that no later frame refers past (IDR), at a constant rate.
"""

from __future__ import annotations

from fractions import Fraction

from funkhaus.ingest.probe.source_facts import VideoFacts

PROFILES = {"Constrained Baseline", "Baseline", "Main", "High"}
HIGHEST_LEVEL = 42  # level_idc of level 4.2: 1080p at 60 frames a second (ITU-T H.264, table A-1)
MOST_BITS_PER_S = 6_000_000  # about the cap of the largest encoded rung (`ladder.CAPS`): viewers get it as it is
MOST_PEAK_BITS_PER_S = 9_000_000  # half as much again between two key frames, which a player's buffer evens out
LONGEST_GAP_S = 6.0  # between key frames: a segment of four seconds lasts until the next one, ten at most
SHORTEST_MEAN_GAP_S = 0.9  # more key frames than that would be forced upon the rungs beside it
STEP_TOLERANCE_S = 0.0015  # containers that count in milliseconds round
SMALLEST_SIDE, LARGEST_SIDE = 180, 1080  # pixels: below, encoding costs next to nothing; above, no rung is made


def may_copy(video: VideoFacts, frame_rate: Fraction) -> bool:
    """Tell whether the stream can be a rung of the ladder as it is."""
    return _fits_decoders(video) and _looks_right(video) and _keeps_time(video, frame_rate)


def _fits_decoders(video: VideoFacts) -> bool:
    is_known = video.codec == "h264" and video.profile in PROFILES and 0 < video.level <= HIGHEST_LEVEL
    return is_known and video.pixel_format == "yuv420p" and video.bit_depth == 8


def _looks_right(video: VideoFacts) -> bool:
    width, height = video.display_size
    is_upright = (
        video.rotation == 0
        and not video.is_askew
        and video.sample_aspect == 1.0
        and (width, height) == (video.width, video.height)
    )
    is_sized = SMALLEST_SIDE <= min(width, height) <= LARGEST_SIDE and max(width, height) <= 2 * LARGEST_SIDE
    is_progressive = not video.fields.is_flagged
    is_standard = video.matrix in {1, 2} and video.primaries in {1, 2} and not video.is_hdr and not video.is_full_range
    # Players take small unmarked pictures for BT.601; 576 lines are PAL's.
    is_standard = is_standard and (video.matrix == 1 or height > 576)
    return is_upright and is_sized and is_progressive and is_standard and width % 2 == 0 and height % 2 == 0


def _keeps_time(video: VideoFacts, frame_rate: Fraction) -> bool:
    rhythm = video.rhythm
    if rhythm is None or not rhythm.is_clean or not rhythm.keys:
        return False
    step = float(1 / frame_rate)
    is_steady = all(abs(seen - step) <= STEP_TOLERANCE_S for seen in (rhythm.shortest_step_s, rhythm.longest_step_s))
    is_modest = rhythm.average_bits_per_s <= MOST_BITS_PER_S and rhythm.peak_bits_per_s <= MOST_PEAK_BITS_PER_S
    mean_gap_s = (video.end_s - video.start_s) / rhythm.keys
    has_rhythm = rhythm.longest_gap_s <= LONGEST_GAP_S and mean_gap_s >= min(SHORTEST_MEAN_GAP_S, video.end_s)
    return is_steady and is_modest and has_rhythm and abs(video.start_s) < step / 2
