"""A sample of every block, for editors and developers."""

from __future__ import annotations

from typing import Any

Sample = tuple[str, Any]

TABLE = "Jahr\tSchiffe\tTonnen\n2023\t412\t1.204.000\n2024\t398\t1.187.500\n2025\t451\t1.350.250"
TIDES = "Niedrigwasser; 1,2\nErste Flut; 2,6\nHochwasser; 3,8\nSturmflut 1962; 5,7"
YEARS = "2019; -0,4\n2020; 0,2\n2021; 0,1\n2022; 0,9\n2023; 1,4\n2024; 1,1\n2025; 1,8"

CONTACT = {
    "title": "Hilfe bei Hochwasser",
    "text": "Rund um die Uhr.",
    "phone": "0123 456 789",
    "email": "hilfe@example.org",
    "website": "https://example.org/",
}


def list_samples(picture: int, other_picture: int, video: int, story: int) -> tuple[Sample, ...]:
    """Return raw blocks as an article stores them.

    The arguments are keys of existing objects; 0 where there is none.
    """
    described = {"picture": picture, "alt_text": "", "caption": "", "credit": "", "taken_on": None}
    return (
        ("paragraph", "<p>Ein Absatz mit <b>Fettem</b>, <i>Kursivem</i> und einer <a href='/'>Verbindung</a>.</p>"),
        ("heading", {"text": "Eine Zwischenüberschrift", "level": "2"}),
        ("quote", {"text": "So spricht das Wasser", "speaker": "Ada Brandt", "role": "Leiterin des Pegelamts"}),
        ("picture", described),
        ("video", {"video": video, "caption": "Ein Video im Artikel"}),
        ("related", {"page": story, "kicker": "", "headline": "", "teaser": "", "picture": None}),
        (
            "list",
            {"title": "Was du brauchst", "items": ["Gummistiefel", "einen Gezeitenkalender"], "is_numbered": False},
        ),
        ("infobox", {"title": "Was ist ein Pegel?", "text": "<p>Er misst, wie hoch das Wasser steht.</p>"}),
        ("table", {"caption": "Schiffe im Hafen", "cells": TABLE, "names_rows": True, "source": "Hafenamt"}),
        (
            "chart",
            {
                "title": "So hoch stand das Wasser",
                "kind": "bars",
                "cells": TIDES,
                "unit": "Meter",
                "source": "Pegelamt",
            },
        ),
        ("chart", {"title": "Es wird wärmer", "kind": "line", "cells": YEARS, "unit": "Grad", "source": "Wetterwarte"}),
        ("number", {"value": "5,70 m", "label": "stand das Wasser 1962 am Pegel", "source": "Pegelamt"}),
        ("gallery", {"title": "Ein Tag am Hafen", "pictures": [described, described | {"picture": other_picture}]}),
        ("audio", {"video": video, "caption": "Etwas zum Hören"}),
        ("map", described | {"place": "Tidenhorst"}),
        ("correction", {"text": "Hier stand, der Turm sei 14 Meter hoch. Es sind 41.", "day": "2026-11-20"}),
        ("contact", CONTACT),
    )
