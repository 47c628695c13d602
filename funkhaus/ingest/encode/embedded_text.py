"""Embedded text: extracts subtitles and chapters from a media file, and warns of those that cannot be extracted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction

from funkhaus.ingest import constants
from funkhaus.ingest.encode.closed_captions import extract_captions
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.models import Asset, TextTrackKind, TextTrackOrigin
from funkhaus.ingest.plan.ffmpeg_arguments import PREFIX, read_source
from funkhaus.ingest.plan.ladder import Plan
from funkhaus.ingest.probe.text_facts import COPIED, UNKNOWN, ChapterFacts, TextContent, TextFacts, read_text_content
from funkhaus.ingest.process.ffmpeg import run_ffmpeg
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.text.stored_text import get_cues
from funkhaus.ingest.text.subtitles.cue_markup import Cue, drop_controls, escape_text
from funkhaus.ingest.text.subtitles.reading import read_subtitles
from funkhaus.ingest.text.subtitles.timing import find_beyond
from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt
from funkhaus.ingest.text.text_tracks import Track, publish_tracks, store_tracks


def take_text(attempt: Attempt, *, plan: Plan) -> None:
    """Store the source's text tracks, except those of a language and kind for which the asset has one already."""
    content = read_text_content(attempt.asset.probe)
    _tell_untaken(attempt, content)
    wanted = [text for text in content.taken if _is_free(attempt.asset, text.language, text.kind)]
    tracks = list(_extract(attempt, wanted, plan.duration_s, plan.zero_s)) if wanted else []
    if content.has_closed_captions:
        tracks += _take_captions(attempt, plan, {(track.language, track.kind) for track in tracks})
    if content.chapters and not attempt.asset.text_tracks.filter(kind=TextTrackKind.CHAPTERS).exists():
        tracks.append(_write_chapters(content.chapters))
    if tracks:
        _store(attempt, tracks)
    _tell_beyond(attempt, plan.duration_s)


def _take_captions(attempt: Attempt, plan: Plan, taken: set[tuple[str, str]]) -> list[Track]:
    """Return the closed captions as a track; they name no language, and are in that of the sound as a rule."""
    language = (plan.audio.language if plan.audio else "") or UNKNOWN
    if (language, "captions") in taken or not _is_free(attempt.asset, language, "captions"):
        return []
    start_s = plan.find_zero(attempt.asset.probe.get("start_s", 0.0))
    try:
        read = read_subtitles(extract_captions(attempt, plan, start_s), "CEA-608")
    except RefusedInput:  # of television: captions of another system (CEA-708 alone), or none but in the stream's mark
        attempt.warn("text_closed_captions", {})
        return []
    label = "CC" if language == UNKNOWN else ""
    return [Track(language, "captions", write_webvtt(read.cues), TextTrackOrigin.EMBEDDED, label)]


def _tell_beyond(attempt: Attempt, duration_s: float) -> None:
    """Warn of cues behind the end: the length is known only now, and texts may have been uploaded before."""
    for track in attempt.asset.text_tracks.all():
        warnings = find_beyond(get_cues(track), round(1000 * duration_s), f"{track.language}, {track.kind}")
        for warning in warnings:
            attempt.warn(warning.code, warning.facts)


def _is_free(asset: Asset, language: str, kind: str) -> bool:
    return not asset.text_tracks.filter(language=language, kind=kind).exists()


def _tell_untaken(attempt: Attempt, content: TextContent) -> None:
    if content.untaken:
        attempt.warn("text_pictures", {"languages": _list_languages(content.untaken)})
    if content.forced_left:
        attempt.warn("text_forced_left", {"languages": _list_languages(content.forced_left)})


def _list_languages(texts: Iterable[TextFacts]) -> str:
    return ", ".join(dict.fromkeys(text.language for text in texts))


def _extract(attempt: Attempt, wanted: Sequence[TextFacts], duration_s: float, zero_s: float | None) -> Iterable[Track]:
    """Extract the texts, all in one run of ffmpeg but for pages of teletext; read each file like an uploaded one."""
    files = {text: attempt.private / f"text-{text.index}-{text.page}.{text.suffix}" for text in wanted}
    source, plain = attempt.asset.original_path, {text: file for text, file in files.items() if not text.page}
    runs = [(list(plain), take_out(source, plain, zero_s))] if plain else []
    runs += [([text], take_page(source, text, file, zero_s)) for text, file in files.items() if text.page]
    for texts, args in runs:
        _run(attempt, texts, args, duration_s)
    for text, file in files.items():
        try:
            read = read_subtitles(_read_file(text, file), text.title or text.language)
        except RefusedInput as refusal:
            if refusal.code != "subtitle_empty":
                attempt.warn("text_unreadable", {"languages": text.language, "reason": refusal.message})
            continue
        label = text.title if text.language == UNKNOWN else ""
        yield Track(text.language, text.kind, write_webvtt(read.cues), TextTrackOrigin.EMBEDDED, label)


def _read_file(text: TextFacts, file: Path) -> bytes:
    """Return the extracted text; empty where ffmpeg wrote nothing."""
    content = file.read_bytes() if file.exists() else b""
    if not text.page:
        return content
    # Every space of teletext is written as one at which no line may break, which is meant for pages of fixed width.
    return begin_at_zero(content.replace(rb"\h", b" "))


def begin_at_zero(ass: bytes) -> bytes:
    """Return ffmpeg's ASS without what ends before the programme's zero; what stands at it begins there.

    A recording is cut anywhere: its page of teletext may be older than its first picture. ffmpeg writes such a moment
    with signs inside, as in 0:00:00.-60.
    """
    lines = []
    for line in ass.splitlines(keepends=True):
        if line.startswith(b"Dialogue:"):
            layer, start, end, rest = line.split(b",", 3)
            if b"-" in end:
                continue
            lines.append(b",".join([layer, b"0:00:00.00" if b"-" in start else start, end, rest]))
        else:
            lines.append(line)
    return b"".join(lines)


def _run(attempt: Attempt, texts: Sequence[TextFacts], args: Sequence[str], duration_s: float) -> None:
    try:
        run_ffmpeg(
            args,
            duration_s=duration_s,
            file_size=8 * constants.SUBTITLE_MAX_BYTES,  # bytes; as ASS, styles take several times as many
            on_tick=lambda _done_s: attempt.lease.check(),
        )
    except WorkFailed as failure:
        if failure.code != "ffmpeg_failed":
            raise
        # A text that cannot be read is no reason to withhold the film.
        attempt.warn("text_unreadable", {"languages": _list_languages(texts), "reason": str(failure.facts["detail"])})


def take_page(source: Path, text: TextFacts, file: Path, zero_s: float | None) -> list[str]:
    """Return ffmpeg's arguments that write the subtitles of a page of teletext into a file."""
    args = [*PREFIX]
    args += ["-txt_page", str(text.page)]  # the decoder reads one page of the magazine
    args += ["-txt_format", "ass"]  # text with its colors; a picture of the page is the default
    args += ["-fix_sub_duration"]  # a page stands until the next one: teletext knows no ends
    args += [*read_source(source, zero_s), "-map", f"0:{text.index}"]
    return [*args, "-c:s", "ass", "-f", "ass", str(file)]


def take_out(source: Path, files: dict[TextFacts, Path], zero_s: float | None = None) -> list[str]:
    """Return ffmpeg's arguments that write every text stream into a file of its own."""
    args = [*PREFIX, *read_source(source, zero_s)]
    for text, file in files.items():
        args += ["-map", f"0:{text.index}"]
        args += ["-c:s", "copy" if text.codec in COPIED else "ass"]
        args += ["-f", text.suffix, str(file)]  # options count for the next output file, so each has its own
    return args


def _write_chapters(chapters: Sequence[ChapterFacts]) -> Track:
    cues = [Cue(one.start_ms, one.end_ms, escape_text(drop_controls(one.title))) for one in chapters]
    return Track(UNKNOWN, TextTrackKind.CHAPTERS, write_webvtt(cues), TextTrackOrigin.EMBEDDED, label="Kapitel")


def _store(attempt: Attempt, tracks: Sequence[Track]) -> None:
    attempt.lease.check()
    with transaction.atomic():
        # Somebody may have uploaded in the meantime: what people brought comes first.
        free = [track for track in tracks if _is_free(attempt.asset, track.language, track.kind)]
        store_tracks(attempt.asset, free)
    publish_tracks(attempt.asset)
