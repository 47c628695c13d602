"""Source clock: one zero for every run of ffmpeg on a source, and filters that take jumps out of its clock. Pure.

Pictures, sounds and text are made in runs of their own. In a file with a loose clock (`MediaFormat`) ffmpeg takes as
zero the first stream that the run uses, and corrects jumps by that stream alone: two runs then disagree, and picture
and sound part. So the zero is named here, and jumps are corrected by what the whole file showed.
"""

from __future__ import annotations

from funkhaus.ingest.probe.clock_jumps import AHEAD_S, Line

# Shares of a jump from which a step of the frames counts as it. Behind a joint, frames are missing until the next key
# frame: steps forward get larger by that, and steps backward smaller.
FORWARD, BACKWARD = 0.7, 0.3


def name_zero(zero_s: float | None) -> list[str]:
    """Return the options before an input that make `zero_s` of its clock the zero; none where ffmpeg's own is right."""
    if zero_s is None:
        return []
    # -copyts: time stamps as they are stored, without a zero or corrections of ffmpeg's own; -itsoffset moves them all.
    return ["-copyts", "-itsoffset", f"{-zero_s:.6f}"]


def draw_jumps(zero_s: float | None, line: Line | None, *, is_sound: bool) -> list[str]:
    """Return the filter that takes the jumps out of a stream's time stamps; empty where there is none."""
    name = "asetpts" if is_sound else "setpts"
    if zero_s is None or (line is not None and not line.jumps and not line.offset_s):
        return []
    if line is None:
        # Not scanned to the end, so nobody knows: each large step is taken out, as ffmpeg does by default.
        taken = f"st(0,ld(0)+if(gt(abs(T-PREV_INT),{AHEAD_S:g}),T-PREV_INT,0))"
        return [f"{name}='(T-{taken})/TB'"]
    # Register 0 counts the jumps so far: the next one is that of the list, or a hole.
    steps = [f"eq(ld(0),{place})*{_meet(jump.step_s)}" for place, jump in enumerate(line.jumps)]
    offsets, before = [_number(line.offset_s)], line.offset_s
    for place, jump in enumerate(line.jumps):
        offsets.append(f"gt(ld(0),{place})*{_number(jump.offset_s - before)}")
        before = jump.offset_s
    count = f"0*st(0,ld(0)+{'+'.join(steps)})+" if steps else ""
    return [f"{name}='({count}T-({'+'.join(offsets)}))/TB'"]


def _meet(step_s: float) -> str:
    """Return the expression that tells whether the step to a frame is the jump of `step_s`."""
    return f"gt(T-PREV_INT,{FORWARD * step_s:.3f})" if step_s > 0 else f"lt(T-PREV_INT,{BACKWARD * step_s:.3f})"


def _number(seconds: float) -> str:
    return f"({seconds:.6f})"
