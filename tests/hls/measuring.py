"""Playlists held against the files that they name: bytes, lengths, rates, key frames, cuts, codecs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hls.boxes import Fragment, Head, read_fragment, read_head
from tests.hls.reading import Entry, Playlist, read_playlist
from tests.hls.rules import judge

FRAME_S = 0.045  # one picture at 25 a second, and a little
SOUND_S = 0.25  # by so much a sound may be shorter or longer than its picture
RATE_SLACK = 1.1  # a rate may be told ten percent too high
_TIME = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")


@dataclass
class Rendition:
    """A media playlist with what was measured of it."""

    path: Path
    playlist: Playlist
    head: Head | None = None
    lengths: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def target_s(self) -> int:
        """Its target duration."""
        return int(self.playlist.value("EXT-X-TARGETDURATION") or 0)

    @property
    def cuts(self) -> list[float]:
        """Where its segments end."""
        return [sum(self.lengths[: place + 1]) for place in range(len(self.lengths))]

    @property
    def average(self) -> float:
        """Bits a second."""
        return 8 * sum(self.sizes) / (sum(self.lengths) or 1)

    @property
    def peak(self) -> float:
        """The largest rate of neighboring segments that last between 0.5 and 1.5 target durations together."""
        rates = [self.average]
        for first in range(len(self.lengths)):
            for last in range(first + 1, len(self.lengths) + 1):
                length = sum(self.lengths[first:last])
                if length > 1.5 * self.target_s:
                    break
                if length >= 0.5 * self.target_s:
                    rates.append(8 * sum(self.sizes[first:last]) / length)
        return max(rates)


def check_folder(folder: Path, master: str = "master.m3u8") -> list[str]:
    """Every finding on a master playlist and on all that it names."""
    playlist = read_playlist((folder / master).read_bytes())
    findings = [f"{master}: {fault}" for fault in judge(playlist)]
    streams = _list_streams(playlist)
    addresses = dict.fromkeys([*streams, *(one["URI"] for one in playlist.all("EXT-X-MEDIA") if one["URI"])])
    found: dict[str, Rendition] = {}
    for address in addresses:
        if not (folder / address).is_file():
            findings.append(f"{master}: {address} is not there")
            continue
        found[address] = measure(folder / address)
        findings += [f"{address}: {fault}" for fault in found[address].faults]
    if len(found) == len(addresses):
        findings += [f"{master}: {fault}" for fault in _judge_together(playlist, streams, found)]
    return findings


def _list_streams(playlist: Playlist) -> dict[str, Entry]:
    pairs = zip(playlist.entries, playlist.entries[1:], strict=False)
    return {after.value: entry for entry, after in pairs if entry.name == "EXT-X-STREAM-INF" and not after.name}


def measure(path: Path) -> Rendition:
    """Read a media playlist and each of its segments."""
    playlist = read_playlist(path.read_bytes())
    rendition = Rendition(path, playlist, faults=judge(playlist))
    rendition.lengths = [float(entry.value.split(",")[0]) for entry in playlist.all("EXTINF")]
    names = {entry.value for entry in playlist.entries if not entry.name}
    try:
        if all(name.endswith(".vtt") for name in names):
            _measure_text(rendition, sorted(names))
        else:
            _measure_media(rendition, names)
    except (ValueError, OSError, IndexError) as error:
        rendition.faults.append(str(error))
    return rendition


def _measure_text(rendition: Rendition, names: Sequence[str]) -> None:
    """Subtitles begin with WebVTT's words and hold no cue that begins after the end of all."""
    for name in names:
        data = (rendition.path.parent / name).read_bytes()
        rendition.sizes.append(len(data))
        if not data.startswith(b"WEBVTT\n"):
            rendition.faults.append(f"{name} is not WebVTT")
        for cue in re.findall(r"^(\S+) --> \S+", data.decode("utf-8"), re.MULTILINE):
            if not _TIME.fullmatch(cue):
                rendition.faults.append(f"{name}: a cue at {cue}")


def _measure_media(rendition: Rendition, names: set[str]) -> None:
    maps = rendition.playlist.all("EXT-X-MAP")
    if len(maps) != 1 or names != {maps[0]["URI"]}:
        raise ValueError("not one file with one EXT-X-MAP")
    data = (rendition.path.parent / names.pop()).read_bytes()
    size, offset = map(int, maps[0]["BYTERANGE"].split("@"))
    head = rendition.head = read_head(data[offset : offset + size])
    place, moment = offset + size, None
    for entry, length in zip(rendition.playlist.all("EXT-X-BYTERANGE"), rendition.lengths, strict=True):
        size, start = (int(part or place) for part in [*entry.value.split("@"), ""][:2])
        if start != place:
            rendition.faults.append(f"{entry.line}: begins at {start}, the last one ended at {place}")
        place = start + size
        if place > len(data):
            raise ValueError(f"{entry.line}: ends behind the file's end")
        fragment = read_fragment(data[start:place], head)
        rendition.sizes.append(size)
        rendition.faults += [f"{entry.line}: {fault}" for fault in _judge_fragment(fragment, head, length, moment)]
        moment = fragment.begins_at + fragment.duration
    if place != len(data) and rendition.playlist.all("EXT-X-ENDLIST"):
        rest = data[place : place + 8]
        rendition.faults += [] if rest[4:] == b"mfra" else [f"{len(data) - place} bytes behind the last segment"]


def _judge_fragment(fragment: Fragment, head: Head, length: float, moment: int | None) -> Iterator[str]:
    seconds = fragment.duration / head.timescale
    if abs(seconds - length) > FRAME_S:
        yield f"says {length:.3f} s, lasts {seconds:.3f} s"
    if not fragment.is_independent:
        yield "does not begin with a key frame"
    if moment is None and abs(fragment.begins_at) > FRAME_S * head.timescale:
        yield f"the programme begins at {fragment.begins_at / head.timescale:.3f} s"
    if moment is not None and abs(fragment.begins_at - moment) > 1:
        yield f"begins {(fragment.begins_at - moment) / head.timescale:.3f} s after the end of the last one"


def _judge_together(playlist: Playlist, streams: dict[str, Entry], found: dict[str, Rendition]) -> Iterator[str]:
    """What the renditions must have in common, and what the streams say of them."""
    media = playlist.all("EXT-X-MEDIA")
    texts = {one["URI"] for one in media if one["TYPE"] == "SUBTITLES"}
    targets = {one.target_s for address, one in found.items() if address not in texts}
    if len(targets) > 1:
        yield f"target durations {sorted(targets)}: they must be the same (RFC 8216, 6.2.4)"
    yield from (
        f"{address}: another target, and no VOD"
        for address in texts
        if found[address].target_s not in targets and found[address].playlist.value("EXT-X-PLAYLIST-TYPE") != "VOD"
    )
    pictures = {address: found[address] for address, stream in streams.items() if stream["RESOLUTION"]}
    yield from _judge_cuts(pictures)
    longest = max((sum(one.lengths) for one in pictures.values()), default=0)
    for address, one in found.items():
        if pictures and address not in texts and abs(sum(one.lengths) - longest) > SOUND_S:
            yield f"{address}: {sum(one.lengths):.3f} s, the longest picture {longest:.3f} s"
        if pictures and address not in texts and sum(one.lengths[:-1]) > longest - FRAME_S:
            yield f"{address}: its last segment begins where the picture has ended"
    for address, stream in streams.items():
        companions = [
            [found[one["URI"]] for one in media if one["TYPE"] == kind and one["GROUP-ID"] == stream[kind]]
            for kind in ("AUDIO", "SUBTITLES")
            if stream[kind]
        ]
        yield from (f"{stream.line}: {fault}" for fault in _judge_stream(stream, found[address], companions))


def _judge_cuts(pictures: dict[str, Rendition]) -> Iterator[str]:
    """Players change at the ends of segments: all rungs must have them at the same moments."""
    names = list(pictures)
    for name in names[1:]:
        ours, theirs = pictures[names[0]].cuts, pictures[name].cuts
        if len(ours) != len(theirs) or any(abs(a - b) > FRAME_S for a, b in zip(ours, theirs, strict=True)):
            yield f"{name} is cut elsewhere than {names[0]}"


def _judge_stream(stream: Entry, own: Rendition, companions: list[list[Rendition]]) -> Iterator[str]:
    # Where the stream is sound alone it may be one of its own group.
    others = [[one for one in group if one.path != own.path or stream["RESOLUTION"]] for group in companions]
    peak = own.peak + sum(max((one.peak for one in group), default=0) for group in others)
    average = own.average + sum(max((one.average for one in group), default=0) for group in others)
    if not stream["RESOLUTION"] and companions:
        peak, average = (max(getattr(one, name) for one in [own, *companions[0]]) for name in ("peak", "average"))
    for name, measured in (("BANDWIDTH", peak), ("AVERAGE-BANDWIDTH", average)):
        said = int(stream[name] or 0)
        if not measured * 0.999 <= said <= measured * RATE_SLACK + 2000:
            yield f"{name}={said}, measured {measured:.0f}"
    codecs = set(stream["CODECS"].split(","))
    sounds = [one for group in companions for one in group]
    real = {one.head.codec for one in [own, *sounds] if one.head}
    if codecs != real:
        yield f"CODECS {sorted(codecs)}, in the files {sorted(real)}"
    if own.head and stream["RESOLUTION"] and stream["RESOLUTION"] != "{}x{}".format(*own.head.size):
        yield f"RESOLUTION {stream['RESOLUTION']}, in the file {own.head.size}"
