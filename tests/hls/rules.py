"""What RFC 8216 asks of a playlist by itself: findings in words, none where all is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.hls.reading import Entry, Playlist

GROUPS = {"AUDIO": "AUDIO", "SUBTITLES": "SUBTITLES", "VIDEO": "VIDEO"}
BCP47 = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
SOUND_CODECS = re.compile(r"mp4a\.40\.(2|5|29)|ac-3|ec-3|opus|fLaC")
PICTURE_CODECS = re.compile(r"avc1\.[0-9a-f]{6}|hvc1\..+|av01\..+")


def judge(playlist: Playlist) -> list[str]:
    """Every finding on one playlist."""
    own = judge_master(playlist) if playlist.is_master else judge_media(playlist)
    return [*playlist.faults, *_judge_version(playlist), *own]


def _judge_version(playlist: Playlist) -> Iterator[str]:
    """The version must reach what is used (RFC 8216, section 7)."""
    declared = int(playlist.value("EXT-X-VERSION") or 1)
    names = {entry.name for entry in playlist.entries}
    needs = {
        3: any("." in entry.value.split(",")[0] for entry in playlist.all("EXTINF")),
        4: "EXT-X-BYTERANGE" in names,
        6: "EXT-X-MAP" in names,
    }
    yield from (
        f"needs version {version}, says {declared}" for version, used in needs.items() if used > (declared >= version)
    )


def judge_master(playlist: Playlist) -> Iterator[str]:
    """Streams, their groups and the renditions in these."""
    media, streams = playlist.all("EXT-X-MEDIA"), playlist.all("EXT-X-STREAM-INF")
    if not streams:
        yield "no stream"
    for entry, after in zip(playlist.entries, [*playlist.entries[1:], None], strict=True):
        if entry.name == "EXT-X-STREAM-INF" and (after is None or after.name or after.line != entry.line + 1):
            yield f"{entry.line}: no address follows the stream"
    for one in media:
        yield from (f"{one.line}: {fault}" for fault in _judge_rendition(one))
    for stream in streams:
        yield from (f"{stream.line}: {fault}" for fault in _judge_stream(stream, media))
    yield from _judge_groups(media, streams)
    closed = {stream["CLOSED-CAPTIONS"] for stream in streams}
    if "NONE" in closed and len(closed) > 1:
        yield "CLOSED-CAPTIONS=NONE in some streams only"
    if {bool(stream["AVERAGE-BANDWIDTH"]) for stream in streams} == {True, False}:
        yield "AVERAGE-BANDWIDTH in some streams only"


def _judge_rendition(one: Entry) -> Iterator[str]:
    kind = one["TYPE"]
    if kind in {"SUBTITLES", "AUDIO"} and not one["URI"]:
        yield f"{kind} without URI"
    if kind == "CLOSED-CAPTIONS" and (one["URI"] or not one["INSTREAM-ID"]):
        yield "CLOSED-CAPTIONS with URI, or without INSTREAM-ID"
    if kind != "SUBTITLES" and one["FORCED"]:
        yield f"FORCED on {kind}"
    if one["DEFAULT"] == "YES" and one["AUTOSELECT"] == "NO":
        yield "DEFAULT, yet not AUTOSELECT"
    if one["LANGUAGE"] and not BCP47.fullmatch(one["LANGUAGE"]):
        yield f"LANGUAGE {one['LANGUAGE']}"
    if kind == "AUDIO" and not re.fullmatch(r"\d+(/.*)?", one["CHANNELS"]):
        yield "sound without CHANNELS"
    if not one["NAME"].strip():
        yield "an empty NAME"


def _judge_stream(stream: Entry, media: list[Entry]) -> Iterator[str]:
    codecs = [code for code in stream["CODECS"].split(",") if code]
    if not codecs:
        yield "no CODECS"
    yield from (
        f"CODECS {code}" for code in codecs if not (SOUND_CODECS.fullmatch(code) or PICTURE_CODECS.fullmatch(code))
    )
    has_picture = any(PICTURE_CODECS.fullmatch(code) for code in codecs)
    if has_picture and not (stream["RESOLUTION"] and stream["FRAME-RATE"]):
        yield "a picture without RESOLUTION or FRAME-RATE"
    if not has_picture and (stream["RESOLUTION"] or stream["FRAME-RATE"]):
        yield "sound alone has RESOLUTION or FRAME-RATE"
    if int(stream["AVERAGE-BANDWIDTH"] or 0) > int(stream["BANDWIDTH"] or 0):
        yield "AVERAGE-BANDWIDTH above BANDWIDTH"
    if stream["AUDIO"] and not any(SOUND_CODECS.fullmatch(code) for code in codecs):
        yield "a group of sounds and no codec of sound"
    for name, kind in GROUPS.items():
        if stream[name] and not any(one["TYPE"] == kind and one["GROUP-ID"] == stream[name] for one in media):
            yield f"no group {stream[name]} of {kind}"


def _judge_groups(media: list[Entry], streams: list[Entry]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Entry]] = {}
    for one in media:
        groups.setdefault((one["TYPE"], one["GROUP-ID"]), []).append(one)
    for (kind, name), members in groups.items():
        names = Counter(one["NAME"] for one in members)
        yield from (f"{name}: two renditions named {title}" for title, count in names.items() if count > 1)
        if sum(one["DEFAULT"] == "YES" for one in members) > 1:
            yield f"{name}: more than one default"
        told = Counter(
            (one["LANGUAGE"], one["ASSOC-LANGUAGE"], one["FORCED"], one["CHARACTERISTICS"])
            for one in members
            if one["AUTOSELECT"] == "YES"
        )
        yield from (f"{name}: two to choose from by {key}" for key, count in told.items() if count > 1)
        if not any(stream[kind] == name for stream in streams):
            yield f"{name}: no stream uses this group"


def judge_media(playlist: Playlist) -> Iterator[str]:
    """Segments, their lengths and the head."""
    if not playlist.value("EXT-X-TARGETDURATION"):
        yield "no EXT-X-TARGETDURATION"
    target = int(playlist.value("EXT-X-TARGETDURATION") or 0)
    for entry in playlist.all("EXTINF"):
        if round(float(entry.value.split(",")[0] or 0)) > target:
            yield f"{entry.line}: longer than the target of {target} s"
    if playlist.value("EXT-X-PLAYLIST-TYPE") == "VOD" and not playlist.all("EXT-X-ENDLIST"):
        yield "VOD without an end"
    yield from _judge_order([entry.name for entry in playlist.entries])
    yield from _judge_segments(playlist)


def _judge_order(names: list[str]) -> Iterator[str]:
    if "" not in names:
        yield "no segment"
    first = names.index("EXTINF") if "EXTINF" in names else 0
    for name in ("EXT-X-MEDIA-SEQUENCE", "EXT-X-DISCONTINUITY-SEQUENCE", "EXT-X-TARGETDURATION", "EXT-X-MAP"):
        if name in names[first:]:
            yield f"{name} behind the first segment"
    if "EXT-X-ENDLIST" in names[:-1]:
        yield "EXT-X-ENDLIST before the end"


def _judge_segments(playlist: Playlist) -> Iterator[str]:
    tags: set[str] = set()
    for entry in playlist.entries:
        if entry.name:
            if entry.name in tags & {"EXTINF", "EXT-X-BYTERANGE"}:
                yield f"{entry.line}: {entry.name} twice for one segment"
            tags.add(entry.name)
            continue
        if "EXTINF" not in tags:
            yield f"{entry.line}: a segment without EXTINF"
        tags = set()
    if tags & {"EXTINF", "EXT-X-BYTERANGE"}:
        yield "no address follows the last segment's tags"
