"""Makes the demo's films with ffmpeg: slow pans over the drawn scenes, and a test card with clock, bars and tone."""

from __future__ import annotations

import math
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from funkhaus.demo.picture_register import SCENES

SIZE = (1280, 720)
TONES = ("3ddc9f", "36c58e", "2eab7b", "259068", "1c7555", "145b42", "0d4231", "072c20")
TIME_LIMIT_S = 120  # for ffmpeg, per film


@dataclass(frozen=True)
class Film:
    """One video of the demo. `scene` empty: the test card. `cues`: subtitles by second.

    `chapters`: titles by second. `described`: expression (ffmpeg's aevalsrc) of a second sound track, marked as audio
    description.
    """

    key: str
    title: str
    kind: str
    rating: str
    length_s: int
    scene: str
    tone: str
    teaser: str
    description: str
    hours_ago: int
    days_open: int | None = None
    reasons: tuple[str, ...] = ()
    episode: int | None = None
    cues: tuple[tuple[int, int, str], ...] = ()
    chapters: tuple[tuple[int, str], ...] = ()
    described: str = ""
    for_kids: bool = False
    show: str = "tidenzeit"


FILMS: tuple[Film, ...] = (
    Film(
        "nachtfahrt",
        "Nachtfahrt",
        "film",
        "16",
        30,
        "nacht",
        "0.12*sin(2*PI*55*t)+0.08*sin(2*PI*82.5*t)*(0.6+0.4*sin(2*PI*0.2*t))",
        "Ein Lotse fährt hinaus, obwohl das Feuer aus ist. Er ist in dieser Nacht nicht allein auf dem Wasser.",
        "Ein stiller Film über einen Mann, ein Boot und ein Licht, das es nicht geben dürfte.",
        20,
        365,
        ("threat",),
    ),
    Film(
        "morgen-am-kai",
        "Morgen am Kai",
        "episode",
        "0",
        24,
        "hafen",
        "0.1*sin(2*PI*220*t)+0.07*sin(2*PI*277.18*t)+0.06*sin(2*PI*329.63*t)",
        "Bevor die Stadt aufwacht, ist der Hafen schon fertig mit dem ersten Teil des Tages.",
        "Die Reporterinnen von Tidenzeit begleiten eine Schicht, die niemand sieht.",
        5,
        730,
        (),
        1,
        (
            (1, 5, "Fünf Uhr früh im Hafen von Tidenhorst."),
            (6, 10, "Die Kutter sind zurück,\ndie Stadt schläft noch."),
            (11, 16, "– Wie war die Nacht?\n– Ruhig. Zum Glück."),
            (17, 22, "Oben auf dem Turm geht das Licht aus."),
        ),
        ((0, "Vorspann"), (4, "Die Kutter kommen"), (10, "Nach der Nacht"), (16, "Das Licht geht aus")),
        "0.1*sin(2*PI*220*t)+0.08*sin(2*PI*440*t)*lt(mod(t,4),1)",
    ),
    Film(
        "linie-vier",
        "Linie vier",
        "episode",
        "6",
        22,
        "tram",
        "0.1*sin(2*PI*196*t)+0.08*sin(2*PI*246.94*t)*(0.5+0.5*sin(2*PI*2*t))",
        "Siebzehn Minuten vom Markt zu den Hügeln: Wer einsteigt, steigt anders aus.",
        "Eine Fahrt mit der ältesten Straßenbahn der Stadt bis zur neuen Endstation.",
        9,
        730,
        (),
        2,
        ((1, 6, "Nächster Halt: Ahlebrücke."), (8, 14, "Endstation Grootweide.\nBitte alle aussteigen.")),
    ),
    Film(
        "markttag",
        "Markttag",
        "episode",
        "0",
        20,
        "markt",
        "0.1*sin(2*PI*261.63*t)+0.07*sin(2*PI*329.63*t)+0.05*sin(2*PI*392*t)",
        "Ein Vormittag unter Platanen, erzählt von denen, die schon um drei aufgestanden sind.",
        "Was auf dem Markt verkauft wird und was man dort umsonst bekommt.",
        30,
        730,
        (),
        3,
        for_kids=True,
    ),
    Film(
        "testbild",
        "Testbild mit Uhr, Balken und Ton",
        "clip",
        "0",
        20,
        "",
        "0.15*sin(2*PI*1000*t)*lt(mod(t,1),0.08)+0.04*sin(2*PI*440*t)",
        "Zwanzig Sekunden, an denen sich alles prüfen lässt: Bild, Ton und Gleichlauf.",
        "Der kurze hohe Ton fällt auf jede volle Sekunde. Kommt er später an als der Zeiger, hinkt der Ton.",
        70,
    ),
    Film(
        "mond-geht-baden",
        "Der Mond geht baden",
        "episode",
        "0",
        8,
        "mond",
        "0.1*sin(2*PI*392*t)*(0.6+0.4*sin(2*PI*0.5*t))",
        "Abends ist der Mond im Fluss. Wie kommt er da hinein?",
        "Eine kleine Geschichte zum Einschlafen.",
        12,
        365,
        episode=1,
        for_kids=True,
        show="kleine-flut",
    ),
)


def shoot(film: Film, folder: Path) -> Path:
    """Make the film's file in `folder` and return its path. Raises `CalledProcessError` when ffmpeg fails."""
    target = folder / f"{film.key}.mp4"
    if film.scene:
        picture = folder / f"{film.key}.png"
        SCENES[film.scene].paint().save(picture, compress_level=1)
        source = ["-framerate", "25", "-i", str(picture)]
        # A slow pan over the picture, which is decoded once and repeated in memory.
        moves = (
            "format=yuv420p,loop=loop=-1:size=1:start=0,setpts=N/25/TB,"
            "crop=1280:720:x='80+80*sin(t/4)':y='45+45*cos(t/5)'"
        )
    else:
        for second in range(film.length_s):
            draw_test_card(second).save(folder / f"card{second:02d}.png", compress_level=1)
        source = ["-framerate", "1", "-i", str(folder / "card%02d.png")]
        moves = "format=yuv420p,fps=25"
    described = ["-f", "lavfi", "-i", f"aevalsrc='{film.described}':s=48000"] if film.described else []
    marks = ["-map", "2:a", "-metadata:s:a:1", "language=deu", "-disposition:a:1", "visual_impaired"]
    command = [
        *(settings.FFMPEG or imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y"),
        *source,
        *("-f", "lavfi", "-i", f"aevalsrc='{film.tone}':s=48000"),
        *described,
        *("-filter_complex", f"[0:v]{moves}[v]", "-map", "[v]", "-map", "1:a"),
        *("-metadata:s:a:0", "language=deu", *(marks if described else ()), "-t", str(film.length_s)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-c:a", "aac", "-b:a", "96k"),
        *("-threads", "2", str(target)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT_S)
    return target


def write_subtitles(film: Film, folder: Path) -> Path:
    """Write the film's cues as WebVTT; return the path."""
    lines = ["WEBVTT", ""]
    for start, end, text in film.cues:
        lines += [f"00:00:{start:02d}.000 --> 00:00:{end:02d}.000", text, ""]
    path = folder / f"{film.key}.vtt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_chapters(film: Film, folder: Path) -> Path:
    """Write the film's chapters, one per line; return the path."""
    path = folder / f"{film.key}.txt"
    path.write_text("".join(f"00:00:{start:02d} {title}\n" for start, title in film.chapters), encoding="utf-8")
    return path


def draw_test_card(second: int) -> Image.Image:
    """Return the frame of the test card for a second: tonal bars, grid, and a clock whose hand points at `second`."""
    width, height = SIZE
    card = Image.new("RGB", SIZE, "#12211c")
    draw = ImageDraw.Draw(card)
    for x in range(0, width, 80):
        draw.line((x, 0, x, height), fill="#2a4039", width=2)
    for y in range(0, height, 80):
        draw.line((0, y, width, y), fill="#2a4039", width=2)
    for index, tone in enumerate(TONES):
        draw.rectangle((160 + index * 120, 520, 279 + index * 120, 639), fill=f"#{tone}")
    for index in range(12):
        grey = index * 255 // 11
        draw.rectangle((160 + index * 80, 80, 239 + index * 80, 139), fill=(grey, grey, grey))
    _draw_clock(draw, second)
    title = ImageFont.load_default(size=46)
    draw.text((640, 180), "FUNKHAUS TIDENHORST", fill="#f3faf6", font=title, anchor="mm")
    draw.text((640, 482), f"00:00:{second:02d}", fill="#52e3ab", font=title, anchor="mm")
    return card


def _draw_clock(draw: ImageDraw.ImageDraw, second: int) -> None:
    x, y, radius = 640, 332, 118
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#52e3ab")
    draw.ellipse((x - radius + 12, y - radius + 12, x + radius - 12, y + radius - 12), fill="#062019")
    for mark in range(12):
        angle = mark * math.pi / 6
        sine, cosine = math.sin(angle), math.cos(angle)
        draw.line((x + sine * 88, y - cosine * 88, x + sine * 102, y - cosine * 102), fill="#b4c9c0", width=4)
    angle = second * math.pi / 30
    draw.line((x, y, x + math.sin(angle) * 96, y - math.cos(angle) * 96), fill="#52e3ab", width=8)
    draw.ellipse((x - 12, y - 12, x + 12, y + 12), fill="#f3faf6")
