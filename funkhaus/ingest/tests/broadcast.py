"""One broadcast subtitle written in every format that broadcasters use, byte by byte."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

RATE = 25
COLORS = {"white": 7, "yellow": 3, "cyan": 6, "lime": 2}
HEX = {"white": "#ffffff", "yellow": "#ffff00", "cyan": "#00ffff", "lime": "#00ff00"}
ISO_6937 = {
    "ä": b"\xc8a",
    "ö": b"\xc8o",
    "ü": b"\xc8u",
    "Ü": b"\xc8U",
    "ß": b"\xfb",
    "é": b"\xc2e",
    "„": b'"',
    "♪": b"\xd5",
}


@dataclass(frozen=True)
class Said:
    """A subtitle: frames, lines with their color, at the top or not, alignment."""

    start: int
    end: int
    lines: tuple[tuple[str, str], ...]
    is_top: bool = False
    align: str = "center"


DIALOGUE = (
    Said(50, 110, (("Grüße aus Köln & <Umgebung>", "white"),)),
    Said(115, 190, (("Wer spricht da?", "yellow"), ("Überall wird geredet.", "yellow"))),
    Said(200, 262, (("Ich.", "cyan"), ("Und ich.", "lime")), align="left"),
    Said(300, 361, (("♪ Musik im Café", "white"),), is_top=True),
    Said(400, 455, (("Schluss für heute.", "white"),), align="right"),
)


def write_srt(subtitles: tuple[Said, ...] = DIALOGUE) -> bytes:
    """SubRip with colors and places, as good programs write it."""
    blocks = []
    for number, one in enumerate(subtitles, 1):
        place = {("left", False): r"{\an1}", ("right", False): r"{\an3}", ("center", True): r"{\an8}"}
        lines = [
            line if color == "white" else f'<font color="{HEX[color]}">{line}</font>'
            for line, color in ((line.replace("<Umgebung>", "&lt;Umgebung&gt;"), color) for line, color in one.lines)
        ]
        text = place.get((one.align, one.is_top), "") + "\n".join(lines)
        blocks.append(f"{number}\n{_clock(one.start, ',')} --> {_clock(one.end, ',')}\n{text}\n")
    return "\n".join(blocks).encode()


def _clock(frame: int, point: str) -> str:
    ms = 1000 * frame // RATE
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def _smpte(frame: int, hours: int = 0) -> str:
    seconds = frame // RATE
    return f"{seconds // 3600 + hours:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frame % RATE:02}"


def write_ebu_tt(subtitles: tuple[Said, ...] = DIALOGUE, *, start_hour: int = 0) -> bytes:
    """EBU-TT part 1 with SMPTE times, as it comes from STL."""
    styles = "".join(
        f'<tt:style xml:id="{color}OnBlack" tts:color="{color}" tts:backgroundColor="black"/>' for color in COLORS
    )
    cues = "".join(
        f'<tt:p xml:id="s{number}" style="{one.align}" region="{"top" if one.is_top else "bottom"}" '
        f'begin="{_smpte(one.start, start_hour)}" end="{_smpte(one.end, start_hour)}">\n   '
        + "\n  <tt:br/>\n  ".join(
            f'<tt:span style="{color}OnBlack">{escape(line)}</tt:span>' for line, color in one.lines
        )
        + "\n</tt:p>"
        for number, one in enumerate(subtitles, 1)
    )
    start = f"<ebuttm:documentStartOfProgramme>{start_hour:02}:00:00:00</ebuttm:documentStartOfProgramme>"
    return _wrap(
        'ttp:timeBase="smpte" ttp:frameRate="25" ttp:frameRateMultiplier="1 1" ttp:markerMode="discontinuous"'
        ' ttp:dropMode="nonDrop" ttp:cellResolution="50 30"',
        f"<ebuttm:documentMetadata>{start}</ebuttm:documentMetadata>",
        styles,
        cues,
    )


def write_ebu_tt_d(subtitles: tuple[Said, ...] = DIALOGUE) -> bytes:
    """EBU-TT-D as the Basic-DE profile has it: media times, colors in hexadecimal, two regions."""
    styles = "".join(
        f'<tt:style xml:id="{color}" tts:color="{value}" tts:backgroundColor="#000000c2"/>'
        for color, value in HEX.items()
    )
    cues = "".join(
        f'<tt:p xml:id="s{number}" style="{one.align}" region="{"top" if one.is_top else "bottom"}" '
        f'begin="{_clock(one.start, ".")}" end="{_clock(one.end, ".")}">'
        + "<tt:br/>".join(f'<tt:span style="{color}">{escape(line)}</tt:span>' for line, color in one.lines)
        + "</tt:p>"
        for number, one in enumerate(subtitles, 1)
    )
    return _wrap('ttp:timeBase="media" ttp:cellResolution="50 30"', "", styles, cues)


def _wrap(parameters: str, metadata: str, styles: str, cues: str) -> bytes:
    aligns = "".join(f'<tt:style xml:id="{align}" tts:textAlign="{align}"/>' for align in ("left", "center", "right"))
    regions = "".join(
        f'<tt:region xml:id="{name}" tts:displayAlign="{edge}" tts:origin="10% 10%" tts:extent="80% 80%"/>'
        for name, edge in (("bottom", "after"), ("top", "before"))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" '
        'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
        f'xmlns:ebuttm="urn:ebu:tt:metadata" {parameters} xml:lang="de">\n<tt:head><tt:metadata>{metadata}'
        f"</tt:metadata><tt:styling>{aligns}{styles}</tt:styling><tt:layout>{regions}</tt:layout></tt:head>\n"
        f"<tt:body><tt:div>{cues}</tt:div></tt:body></tt:tt>\n"
    ).encode()


def write_general_block(
    *, blocks: int = 1, table: str = "00", start_hour: int = 0, kind: str = "1", rate: int = RATE
) -> bytes:
    """The first 1,024 bytes of EBU STL."""
    head = f"850STL{rate}.01{kind}{table}08".encode().ljust(224)
    head += f"260601260601000{blocks:05}{blocks:05}0014023".encode()[1:]
    head += f"1{start_hour:02}000000{start_hour:02}00000011DEU".encode()
    return head.ljust(1024)


def write_block(  # noqa: PLR0913 (as many as the block has fields)
    number: int,
    field: bytes,
    *,
    start: tuple[int, int, int, int],
    end: tuple[int, int, int, int],
    row: int = 22,
    align: int = 2,
    set_state: int = 0,
    extension: int = 0xFF,
    comment: int = 0,
) -> bytes:
    """One block of 128 bytes."""
    head = bytes([0]) + number.to_bytes(2, "little") + bytes([extension, set_state, *start, *end, row, align, comment])
    return head + field.ljust(112, b"\x8f")


def write_stl(subtitles: tuple[Said, ...] = DIALOGUE, *, start_hour: int = 0) -> bytes:
    """EBU STL for teletext: double height in boxes, colors by control codes."""
    blocks = []
    for number, one in enumerate(subtitles):
        lines = [
            bytes([0x0D, COLORS[color], 0x0B, 0x0B]) + encode_latin(line) + b"\x0a\x0a" for line, color in one.lines
        ]
        row = 1 if one.is_top else 24 - 2 * len(one.lines)
        align = {"left": 1, "center": 2, "right": 3}[one.align]
        times = (_parts(one.start, start_hour), _parts(one.end, start_hour))
        field = b"\x8a\x8a".join(lines)
        blocks.append(write_block(number, field, start=times[0], end=times[1], row=row, align=align))
    return write_general_block(blocks=len(blocks), start_hour=start_hour) + b"".join(blocks)


def encode_latin(text: str) -> bytes:
    """ISO 6937, as far as the dialogue needs it."""
    return b"".join(ISO_6937.get(letter) or letter.encode("ascii") for letter in text)


def _parts(frame: int, hours: int) -> tuple[int, int, int, int]:
    first, second, third, fourth = (int(part) for part in _smpte(frame, hours).split(":"))
    return first, second, third, fourth
