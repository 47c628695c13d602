"""Filter graphs for the sound: stereo at 48 kHz from whatever the source has, with its gain. Pure."""

from __future__ import annotations

from funkhaus.ingest.plan.loudness import CODEC_ROOM_DB, PEAK_DBTP, Gain
from funkhaus.ingest.plan.sound_tracks import CHANNELS, SoundTrack
from funkhaus.ingest.plan.source_clock import draw_jumps
from funkhaus.ingest.probe.source_facts import AudioFacts

# Names of layouts in libavutil/channel_layout.c; only speakers of these have a place in ffmpeg's mix.
_LAYOUTS = {"mono", "stereo", "2.1", "3.0", "3.0(back)", "4.0", "quad", "quad(side)", "3.1", "4.1", "5.0", "5.0(side)"}
_LAYOUTS |= {"5.1", "5.1(side)", "6.0", "6.1", "7.0", "7.1", "7.1(wide)", "downmix", "5.1.2", "5.1.4", "7.1.4"}


def mix(sound: SoundTrack, zero_s: float | None = None, *, joins_gaps: bool = False) -> str:
    """Return the filters that make stereo at 48 kHz, with gaps filled by silence from the start on, or joined.

    ffmpeg mixes after ITU-R BS.775: the center into both sides at -3 dB, the effects channel left out. A layout that
    is not known has no center to look for: its first two channels are left and right. Filled sound ends with the
    picture at the earliest.
    """
    shape = "aformat=sample_fmts=fltp:channel_layouts=stereo"  # floating point, as the AAC encoder takes it
    # Players stop where the sound ends, and seek no further; whole_dur: the least length in seconds.
    shape += f",apad=whole_dur={sound.least_s:.3f}" if sound.least_s and not joins_gaps else ""
    if len(sound.sources) > 1:
        return f"{_join_channels(sound, zero_s, joins_gaps=joins_gaps)},{shape}"
    source = sound.sources[0]
    steps = _steady(source, zero_s, joins_gaps=joins_gaps)
    if source.channels > 2 and source.layout not in _LAYOUTS:
        # Channels by number, not by the speakers' names.
        return f"[0:{source.index}]pan=stereo|c0=c0|c1=c1,{steps},{shape}"
    return f"[0:{source.index}]{steps},{shape}"


def _steady(source: AudioFacts, zero_s: float | None, *, joins_gaps: bool) -> str:
    # Joined: time stamps count samples alone. Filled: async=1 puts silence into gaps and cuts overlaps, first_pts=0
    # does so at the start of the programme.
    if joins_gaps:
        return "asetpts=N/SR/TB,aresample=48000"
    return ",".join([*draw_jumps(zero_s, source.line, is_sound=True), "aresample=48000:async=1:first_pts=0"])


def _join_channels(sound: SoundTrack, zero_s: float | None, *, joins_gaps: bool) -> str:
    """Return the filters that make one stream of mono ones, each of which becomes a channel."""
    layout, names = CHANNELS[len(sound.sources)]
    graph, inputs = "", ""
    # `join` ends with the first of its inputs; the measure, which looks for gaps, is left as it is.
    fill = "" if joins_gaps or not sound.source_end_s else f",apad=whole_dur={sound.source_end_s:.3f}"
    for place, source in enumerate(sound.sources):
        pad = f"[{sound.name}c{place}]"
        steps = _steady(source, zero_s, joins_gaps=joins_gaps)
        graph += f"[0:{source.index}]{steps}{fill}{pad};"
        inputs += pad
    # By number: mono streams of studio files have a channel without a speaker's name, which `amerge` does not take.
    channels = "|".join(f"{place}.0-{name}" for place, name in enumerate(names))
    return f"{graph}{inputs}join=inputs={len(sound.sources)}:channel_layout={layout}:map={channels}"


def amplify(gain: Gain) -> str:
    """Return the filters that change the level, and hold the peaks where the change would lift them too high."""
    steps = f",volume={gain.gain_db}dB" if gain.gain_db else ""
    if gain.is_limited:
        limit = 10 ** ((PEAK_DBTP - CODEC_ROOM_DB) / 20)  # dB to a share of full scale, as the filter wants it
        steps += ",aresample=192000"  # four times the rate shows the peaks between the samples (ITU-R BS.1770, annex 2)
        # level=false: no make-up gain behind the limiter; latency=true: its look-ahead does not delay the sound.
        steps += f",alimiter=limit={limit:.4f}:level=false:latency=true"
        steps += ",aresample=48000"
        steps += ",aformat=sample_fmts=fltp:channel_layouts=stereo"  # the limiter works in double precision
    return steps
