"""Playlists as tags and addresses, with what is wrong in their spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

INTEGER, FLOAT = r"\d{1,20}", r"\d+(\.\d+)?"
QUOTED, CHOICE, SIZE = r'"[^"\r\n]*"', r"(YES|NO)", r"\d+x\d+"
# Attributes of each tag and how their values are spelled; those that must be there end with «!».
ATTRIBUTES: dict[str, dict[str, str]] = {
    "EXT-X-STREAM-INF": {
        "BANDWIDTH!": INTEGER,
        "AVERAGE-BANDWIDTH": INTEGER,
        "SCORE": FLOAT,
        "CODECS": QUOTED,
        "SUPPLEMENTAL-CODECS": QUOTED,
        "RESOLUTION": SIZE,
        "FRAME-RATE": FLOAT,
        "HDCP-LEVEL": r"TYPE-[01]|NONE",
        "ALLOWED-CPC": QUOTED,
        "VIDEO-RANGE": "SDR|HLG|PQ",
        "REQ-VIDEO-LAYOUT": QUOTED,
        "PATHWAY-ID": QUOTED,
        "STABLE-VARIANT-ID": QUOTED,
        "AUDIO": QUOTED,
        "VIDEO": QUOTED,
        "SUBTITLES": QUOTED,
        "CLOSED-CAPTIONS": QUOTED + "|NONE",
    },
    "EXT-X-MEDIA": {
        "TYPE!": "AUDIO|VIDEO|SUBTITLES|CLOSED-CAPTIONS",
        "GROUP-ID!": QUOTED,
        "NAME!": QUOTED,
        "URI": QUOTED,
        "LANGUAGE": QUOTED,
        "ASSOC-LANGUAGE": QUOTED,
        "STABLE-RENDITION-ID": QUOTED,
        "DEFAULT": CHOICE,
        "AUTOSELECT": CHOICE,
        "FORCED": CHOICE,
        "INSTREAM-ID": QUOTED,
        "BIT-DEPTH": INTEGER,
        "SAMPLE-RATE": INTEGER,
        "CHARACTERISTICS": QUOTED,
        "CHANNELS": QUOTED,
    },
    "EXT-X-MAP": {"URI!": QUOTED, "BYTERANGE": r'"\d+@\d+"'},
}
MASTER_TAGS = {"EXT-X-STREAM-INF", "EXT-X-MEDIA"}
MEDIA_TAGS = {"EXTINF", "EXT-X-BYTERANGE", "EXT-X-MAP", "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE"}
MEDIA_TAGS |= {"EXT-X-PLAYLIST-TYPE", "EXT-X-ENDLIST", "EXT-X-DISCONTINUITY", "EXT-X-DISCONTINUITY-SEQUENCE"}
# Tags with one value, and tags with none.
VALUES = {
    "EXTINF": r"\d+(\.\d+)?,.*",
    "EXT-X-BYTERANGE": r"\d+(@\d+)?",
    "EXT-X-TARGETDURATION": r"\d+",
    "EXT-X-MEDIA-SEQUENCE": r"\d+",
    "EXT-X-DISCONTINUITY-SEQUENCE": r"\d+",
    "EXT-X-VERSION": r"\d+",
    "EXT-X-PLAYLIST-TYPE": "VOD|EVENT",
    "EXT-X-ENDLIST": "",
    "EXT-X-DISCONTINUITY": "",
    "EXTM3U": "",
    "EXT-X-INDEPENDENT-SEGMENTS": "",
}
ONCE = {"EXTM3U", "EXT-X-VERSION", "EXT-X-INDEPENDENT-SEGMENTS", "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE"}
ONCE |= {"EXT-X-PLAYLIST-TYPE", "EXT-X-ENDLIST", "EXT-X-DISCONTINUITY-SEQUENCE"}
_PAIR = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^,"]*)(?:,|$)')
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Entry:
    """A tag with its value, or an address (`name` empty, the address as `value`)."""

    line: int
    name: str
    value: str
    attributes: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """An attribute without its quotes; empty where it is not given."""
        return self.attributes.get(name, "").strip('"')


@dataclass
class Playlist:
    """What stands in a playlist; `faults` in its spelling, each with its line."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[Entry]:
        """Every tag of this name."""
        return [entry for entry in self.entries if entry.name == name]

    def value(self, name: str) -> str:
        """The value of a tag that stands once; empty where it does not."""
        return next((entry.value for entry in self.all(name)), "")

    @property
    def is_master(self) -> bool:
        """True for a playlist of playlists."""
        return any(entry.name in MASTER_TAGS for entry in self.entries)


def read_playlist(data: bytes) -> Playlist:
    """Read a playlist, whatever is wrong with it."""
    playlist = Playlist()
    text = data.decode("utf-8", errors="replace")
    playlist.faults += ["not UTF-8"] if "\ufffd" in text else []
    playlist.faults += ["begins with a byte order mark"] if text.startswith("\ufeff") else []
    playlist.faults += ["does not begin with #EXTM3U"] if text.split("\n")[0].rstrip("\r") != "#EXTM3U" else []
    playlist.faults += ["the last line has no end"] if not text.endswith("\n") else []
    for number, line in enumerate(re.split(r"\r?\n", text), 1):
        if _CONTROL.search(line):
            playlist.faults.append(f"{number}: a control character")
        if line.startswith("#EXT"):
            name, _, value = line[1:].partition(":")
            entry = Entry(number, name, value, dict(_PAIR.findall(value)) if name in ATTRIBUTES else {})
            playlist.entries.append(entry)
            playlist.faults += [f"{number}: {fault}" for fault in _judge_spelling(entry)]
        elif line and not line.startswith("#"):
            playlist.entries.append(Entry(number, "", line))
            playlist.faults += [f"{number}: an address with blanks"] if re.search(r"\s", line) else []
    playlist.faults += list(_judge_kinds(playlist))
    return playlist


def _judge_spelling(entry: Entry) -> Iterator[str]:
    if entry.name not in ATTRIBUTES:
        pattern = VALUES.get(entry.name)
        if pattern is None:
            yield f"{entry.name} is no tag that is known here"
        elif not re.fullmatch(pattern, entry.value):
            yield f"{entry.name} has the value {entry.value!r}"
        return
    known = {name.rstrip("!"): pattern for name, pattern in ATTRIBUTES[entry.name].items()}
    if ",".join(f"{name}={value}" for name, value in _PAIR.findall(entry.value)) != entry.value:
        yield f"{entry.name} has no list of attributes: {entry.value}"
    names = [name for name, _value in _PAIR.findall(entry.value)]
    yield from (f"{name} stands twice" for name in sorted({name for name in names if names.count(name) > 1}))
    for name, value in entry.attributes.items():
        if name not in known:
            yield f"{entry.name} has no attribute {name}"
        elif not re.fullmatch(known[name], value):
            yield f"{name} is spelled {value}"
    needed = [name.rstrip("!") for name in ATTRIBUTES[entry.name] if name.endswith("!")]
    yield from (f"{entry.name} without {name}" for name in needed if name not in entry.attributes)


def _judge_kinds(playlist: Playlist) -> Iterator[str]:
    names = [entry.name for entry in playlist.entries]
    yield from (f"{name} stands more than once" for name in sorted(ONCE) if names.count(name) > 1)
    wrong = MEDIA_TAGS if playlist.is_master else MASTER_TAGS
    yield from (f"{name} in a playlist of the other kind" for name in sorted(wrong & set(names)))
