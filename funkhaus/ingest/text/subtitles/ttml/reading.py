"""Reader of broadcasters' TTML: EBU-TT part 1 (Tech 3350), EBU-TT-D (Tech 3380), Basic-DE, IMSC 1 text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.text.subtitles.cue_markup import Cue
from funkhaus.ingest.text.subtitles.styles import TextStyle, write_runs
from funkhaus.ingest.text.subtitles.timing import move_start
from funkhaus.ingest.text.subtitles.ttml.clock import MediaClock, read_clock
from funkhaus.ingest.text.subtitles.ttml.styles import INHERITED, Sheet, Values, read_look, read_sheet
from funkhaus.ingest.text.subtitles.ttml.xml_tree import Element, parse_xml

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
FOREVER = Fraction(10**9)  # seconds: the end of what has none
ENDLESS_S = 5  # a cue without an end is shown so long
MOST_LOOKS = 1_000_000  # of a document: parts times moments; a film has some 300,000, and so many take two seconds
MOST_MOMENTS = 200  # at which parts of one paragraph appear or disappear: each of them looks at every part
Span = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class _Piece:
    """Some text with its style and the span in seconds in which it is shown."""

    text: str
    style: TextStyle
    span: Span


@dataclass
class _Reader:
    name: str
    clock: MediaClock
    sheet: Sheet
    cues: list[Cue] = field(default_factory=list)
    has_pictures: bool = False
    has_endless: bool = False
    looks: int = 0

    def walk(self, parent: Element, span: Span, values: Values, region: str, *, is_preserved: bool) -> None:
        """Go through body and div down to the paragraphs."""
        at = span[0]
        is_sequence = parent.attributes.get("timeContainer") == "seq"
        for child in parent.elements:
            if child.name not in {"body", "div", "p"}:
                self.has_pictures |= child.name == "image"
                continue
            within = self.read_span(child, (at, span[1]))
            at = within[1] if is_sequence and within[1] < FOREVER else at
            own = self.sheet.compute(child, _pass_on(values))
            here = child.attributes.get("region", region)
            kept = _is_preserved(child, inherited=is_preserved)
            self.has_pictures |= "other:backgroundImage" in child.attributes
            if child.name == "p":
                self.read_paragraph(child, within, own, here, is_preserved=kept)
            else:
                self.walk(child, within, own, here, is_preserved=kept)

    def read_span(self, element: Element, parent: Span) -> Span:
        """Return the span of an element: `begin`, `end` and `dur` count from the parent's begin (TTML2, 12.2).

        Discontinuous SMPTE time codes count from zero.
        """
        start, end, length = (self.read_time(element, key) for key in ("begin", "end", "dur"))
        if start is end is length is None and parent[0] <= parent[1]:
            return parent
        base = Fraction(0) if self.clock.has_marks else parent[0]
        begin = parent[0] if start is None else base + start
        ends = [parent[1]]
        ends += [base + end] if end is not None else []
        ends += [begin + length] if length is not None else []
        return begin, max(begin, min(ends)) if end is None else min(ends)

    def read_time(self, element: Element, key: str) -> Fraction | None:
        """Return the seconds of a time attribute, or None; raise `RefusedInput` for an invalid one."""
        text = element.attributes.get(key)
        if text is None:
            return None
        seconds = self.clock.read(text)
        if seconds is None:
            raise RefusedInput("subtitle_timing", name=self.name, line=element.line, text=text[:60])
        return seconds

    def read_paragraph(self, p: Element, span: Span, values: Values, region: str, *, is_preserved: bool) -> None:
        """Make the cues of a paragraph: one, or several where parts of it appear and disappear."""
        if span[1] < span[0]:
            raise RefusedInput("subtitle_backwards", name=self.name, line=p.line)
        pieces = list(self.collect(p, span, values, is_preserved=is_preserved))
        spans = {id(piece.span): piece.span for piece in pieces}.values()  # most pieces share that of the paragraph
        edges = sorted({moment for one in spans for moment in one})
        self.looks += len(edges) * len(pieces)
        if len(edges) > MOST_MOMENTS or self.looks > MOST_LOOKS:
            raise RefusedInput("subtitle_moments", name=self.name, line=p.line, most=MOST_MOMENTS)
        settings = self.sheet.place({**self.sheet.regions.get(region, {}), **values}, region)
        for begin, end in pairwise(edges) if len(edges) > 1 else [(at, at) for at in edges]:
            shown = {id(one) for one in spans if one[0] <= begin and one[1] >= end}
            runs = [(one.text, one.style) for one in pieces if id(one.span) in shown]
            text = write_runs(runs)
            if not text:
                continue
            self.has_endless |= end >= FOREVER
            shown_until = begin + ENDLESS_S if end >= FOREVER else end
            self.cues.append(Cue(round(1000 * begin), round(1000 * shown_until), text, settings, p.line))

    def collect(self, parent: Element, span: Span, values: Values, *, is_preserved: bool) -> Iterable[_Piece]:
        """Yield the text of a paragraph or span, piece by piece."""
        style = read_look(values)
        is_shown = values.get("tts:visibility") != "hidden" and values.get("tts:display") != "none"
        for child in parent.children:
            if isinstance(child, str):
                if is_shown:
                    yield _Piece(child if is_preserved else re.sub(r"[ \t\r\n]+", " ", child), style, span)
            elif child.name == "br":
                yield _Piece("\n", style, span)
            elif child.name == "span" and not child.attributes.get("tts:ruby", "").startswith(("text", "delimiter")):
                own = self.sheet.compute(child, _pass_on(values))
                within = self.read_span(child, span)
                kept = _is_preserved(child, inherited=is_preserved)
                if within[1] > within[0] or within == span:
                    yield from self.collect(child, within, own, is_preserved=kept)


def _pass_on(values: Mapping[str, str]) -> Values:
    return {key: value for key, value in values.items() if key in INHERITED or key == "tts:direction"}


def _is_preserved(element: Element, *, inherited: bool) -> bool:
    space = element.attributes.get("xml:space")
    return inherited if space is None else space == "preserve"


def read_ttml(content: bytes, name: str) -> tuple[list[Cue], str, list[Reason]]:
    """Return the cues in the file's order, the language that it names and warnings; raise `RefusedInput`."""
    root = parse_xml(content, name)
    if root.name != "tt":
        raise RefusedInput("subtitle_other_xml", name=name, line=root.line, element=root.name.removeprefix("other:"))
    clock = read_clock(root.attributes)
    if clock is None:
        raise RefusedInput("subtitle_frame_rate", name=name, line=root.line)
    sheet = read_sheet(root)
    reader = _Reader(name, clock, sheet)
    is_preserved = _is_preserved(root, inherited=False)
    for body in (child for child in root.elements if child.name == "body"):
        wrapper = Element("tt", root.line, {}, [body])
        values = _pass_on({**sheet.initial, **_root_styles(root, sheet)})
        reader.walk(wrapper, (Fraction(0), FOREVER), values, "", is_preserved=is_preserved)
    if not reader.cues and reader.has_pictures:
        raise RefusedInput("subtitle_pictures", name=name)
    warnings = [Reason("subtitle_pictures_left", {"name": name})] if reader.has_pictures else []
    warnings += [Reason("subtitle_endless", {"name": name})] if reader.has_endless else []
    cues, moved = _move(reader.cues, root, clock, name)
    language = root.attributes.get("xml:lang", "").strip()
    return cues, language if _LANGUAGE.fullmatch(language) else "", warnings + moved


def _root_styles(root: Element, sheet: Sheet) -> Values:
    return {key: value for key, value in sheet.specify(root).items() if key in INHERITED}


def _move(cues: list[Cue], root: Element, clock: MediaClock, name: str) -> tuple[list[Cue], list[Reason]]:
    """Move SMPTE times to zero. Media time begins there by definition, unless the first cue is ten hours late."""
    stated = _find_text(root, "ebuttm:documentStartOfProgramme")
    start = clock.read(stated) if stated else None
    if not clock.is_smpte and start is None and min((cue.start_ms for cue in cues), default=0) < 10 * 3_600_000:
        return cues, []
    return move_start(cues, None if start is None else round(1000 * start), name)


def _find_text(element: Element, name: str, depth: int = 6) -> str:  # EBU-TT puts it four levels deep
    for child in element.elements if depth else ():
        if child.name == name:
            return child.text.strip()
        if child.name in {"head", "metadata", "ebuttm:documentMetadata"} and (
            found := _find_text(child, name, depth - 1)
        ):
            return found
    return ""
