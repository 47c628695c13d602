"""Reader of EBU STL, the subtitle file of broadcasters: EBU Tech 3264-E (1991).

A general block (GSI) of 1,024 bytes, then blocks of 128 bytes (TTI) with the subtitles. The number of blocks that the
general block states is only compared with the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.text.subtitles.cue_markup import Cue
from funkhaus.ingest.text.subtitles.positions import place_rows
from funkhaus.ingest.text.subtitles.stl_text import decode_field, is_known_table
from funkhaus.ingest.text.subtitles.styles import PLAIN, Run, write_runs
from funkhaus.ingest.text.subtitles.timing import move_start

# Numbers of bytes and offsets here and below are those of Tech 3264, sections 2 and 3.
GENERAL, BLOCK, TEXT_AT = 1024, 128, 16  # GSI block, TTI block, text field inside of the latter
_FORMAT = re.compile(rb"STL(\d\d)\.\d\d")  # disk format code with the frame rate, such as STL25.01
LAST_BLOCK, USER_DATA = 0xFF, 0xFE  # extension block numbers (EBN)
MOST_IN_SET = 50  # subtitles of one cumulative set, which are shown together: a screen has no room for more
TELETEXT_ROWS = 23  # rows 1 to 23 hold subtitles (VP of the specification)
# Language codes of the specification's appendix 4, as far as they have a two-letter code.
_LANGUAGES = {
    "01": "sq", "02": "br", "03": "ca", "04": "hr", "05": "cy", "06": "cs", "07": "da", "08": "de", "09": "en",
    "0A": "es", "0B": "eo", "0C": "et", "0D": "eu", "0E": "fo", "0F": "fr", "10": "fy", "11": "ga", "12": "gd",
    "13": "gl", "14": "is", "15": "it", "17": "la", "18": "lv", "19": "lb", "1A": "lt", "1B": "hu", "1C": "mt",
    "1D": "nl", "1E": "no", "1F": "oc", "20": "pl", "21": "pt", "22": "ro", "23": "rm", "24": "sr", "25": "sk",
    "26": "sl", "27": "fi", "28": "sv", "29": "tr", "2A": "nl-BE", "2B": "wa", "45": "vi", "4A": "uz", "4B": "uk",
    "52": "th", "5C": "ru", "5F": "fa", "62": "mk", "6D": "he", "70": "el", "74": "ka", "7E": "bg", "7F": "ar",
}  # fmt: skip


@dataclass(frozen=True)
class _General:
    """The general block (GSI). `start_ms`: the programme's start, None where it states nothing usable."""

    rate: int
    table: str
    is_teletext: bool
    language: str
    rows: int
    start_ms: int | None
    declared_blocks: int | None


@dataclass(frozen=True)
class _Subtitle:
    """One subtitle with the text of all its blocks. `set_state`: 0 alone, 1 to 3 first to last of a cumulative set."""

    number: int
    group: int
    set_state: int
    start_ms: int
    end_ms: int
    row: int
    align: str
    runs: tuple[Run, ...]
    rows: int


def is_stl(content: bytes) -> bool:
    """Tell whether the content has the disk format code of STL at byte 3, behind the code page."""
    return _FORMAT.match(content[3:11]) is not None


def read_stl(content: bytes, name: str) -> tuple[list[Cue], str, list[Reason]]:
    """Return the cues in the file's order, the language that it names and warnings; raise `RefusedInput`."""
    if len(content) < GENERAL + BLOCK:
        raise RefusedInput("subtitle_empty" if len(content) >= GENERAL else "subtitle_cut_off", name=name)
    general = _read_general(content[:GENERAL], name)
    warnings = []
    whole = (len(content) - GENERAL) // BLOCK
    if (len(content) - GENERAL) % BLOCK or (general.declared_blocks is not None and whole < general.declared_blocks):
        declared = general.declared_blocks or whole + 1
        warnings.append(Reason("subtitle_blocks_missing", {"name": name, "found": whole, "declared": declared}))
    blocks = [content[at : at + BLOCK] for at in range(GENERAL, GENERAL + whole * BLOCK, BLOCK)]
    subtitles, lost = _read_subtitles(blocks, general, name)
    if lost:
        warnings.append(Reason("subtitle_characters_lost", {"name": name, "count": lost}))
    cues, moved = move_start(_make_cues(subtitles, general.rows, name), general.start_ms, name)
    return cues, general.language, warnings + moved


def _read_general(block: bytes, name: str) -> _General:
    found = _FORMAT.match(block[3:11])
    rate = int(found[1]) if found else 0
    if not rate:
        raise RefusedInput("subtitle_frame_rate", name=name, line=1)
    table = block[12:14].decode("ascii", errors="replace")
    if not is_known_table(table):
        raise RefusedInput("subtitle_code_table", name=name, table=table)
    is_teletext = block[11:12] in {b"1", b"2"}
    rows = _number(block[253:255])
    return _General(
        rate=rate,
        table=table,
        is_teletext=is_teletext,
        language=_LANGUAGES.get(block[14:16].decode("ascii", errors="replace").upper(), ""),
        rows=rows if rows and not is_teletext else TELETEXT_ROWS,
        start_ms=_read_digits(block[256:264], rate) if block[255:256] != b"0" else None,
        declared_blocks=_number(block[238:243]),
    )


def _number(digits: bytes) -> int | None:
    text = digits.strip()
    return int(text) if text.isdigit() else None


def _read_digits(digits: bytes, rate: int) -> int | None:
    """Return a time code of eight digits in milliseconds, or None."""
    if not digits.isdigit():
        return None
    return _milliseconds([int(digits[at : at + 2]) for at in (0, 2, 4, 6)], rate)


def _milliseconds(parts: Sequence[int], rate: int) -> int | None:
    hours, minutes, seconds, frames = parts
    if minutes > 59 or seconds > 59 or frames >= rate or hours > 99:
        return None
    return 1000 * ((hours * 60 + minutes) * 60 + seconds) + round(1000 * frames / rate)


def _read_subtitles(blocks: list[bytes], general: _General, name: str) -> tuple[list[_Subtitle], int]:
    """Join the blocks of each subtitle, without comments and user data; return the count of lost characters too."""
    spoken = [block for block in blocks if block[3] != USER_DATA and block[15] == 0]
    joined: list[list[bytes]] = []
    for block in spoken:
        is_next = bool(joined) and joined[-1][-1][3] != LAST_BLOCK and joined[-1][0][0:3] == block[0:3]
        if is_next:
            joined[-1].append(block)
        else:
            joined.append([block])
    read = [_read_subtitle(one, general, name) for one in joined]
    return [subtitle for subtitle, _lost in read], sum(lost for _subtitle, lost in read)


def _read_subtitle(blocks: list[bytes], general: _General, name: str) -> tuple[_Subtitle, int]:
    block = blocks[0]
    number = int.from_bytes(block[1:3], "little")
    start_ms, end_ms = (_milliseconds(block[at : at + 4], general.rate) for at in (5, 9))
    if start_ms is None or end_ms is None:
        shown = ":".join(f"{part:02}" for part in block[5:9] if start_ms is None) or ":".join(
            f"{part:02}" for part in block[9:13]
        )
        raise RefusedInput("subtitle_number_timing", name=name, number=number, text=shown)
    if end_ms < start_ms:
        raise RefusedInput("subtitle_number_backwards", name=name, number=number)
    # 0x8F fills the unused end of each block's text field.
    field = b"".join(one[TEXT_AT:].split(b"\x8f", 1)[0] for one in blocks)
    rows = decode_field(field, general.table)
    align = {1: "left", 3: "right"}.get(block[14], "center")  # justification code (JC)
    subtitle = _Subtitle(number, block[0], block[4], start_ms, end_ms, block[13], align, rows.runs, rows.count)
    return subtitle, rows.lost


def _make_cues(subtitles: list[_Subtitle], total_rows: int, name: str) -> list[Cue]:
    """Return a cue for each subtitle; in a cumulative set (Tech 3264, CS) each adds to those before it."""
    cues: list[Cue] = []
    shown: list[_Subtitle] = []
    for subtitle in subtitles:
        if subtitle.set_state in {2, 3} and shown:
            if len(shown) == MOST_IN_SET:
                raise RefusedInput("subtitle_set", name=name, number=subtitle.number, most=MOST_IN_SET)
            if cues and subtitle.start_ms > cues[-1].start_ms:
                cues[-1] = replace(cues[-1], end_ms=subtitle.start_ms)
            shown.append(subtitle)
        else:
            shown = [subtitle]
        cue = _make_cue(shown, total_rows)
        if cue.text:
            cues.append(cue)
        if subtitle.set_state not in {1, 2}:
            shown = []
    return cues


def _make_cue(shown: list[_Subtitle], total_rows: int) -> Cue:
    ordered = sorted(shown, key=lambda one: one.row)
    runs: list[Run] = []
    for one in ordered:
        runs += [*one.runs, ("\n", PLAIN)]
    last = shown[-1]
    first_row, last_row = ordered[0].row, max(one.row + one.rows - 1 for one in ordered)
    settings = place_rows(max(1, first_row), last_row, total_rows, last.align)
    return Cue(last.start_ms, last.end_ms, write_runs(runs), settings, last.number)
