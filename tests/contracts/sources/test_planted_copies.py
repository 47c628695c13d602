"""A second copy of a rule is caught: it is planted in an empty folder, and the check must name it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contracts.sources import formats, rules


def _import(module: str, name: str) -> str:
    return f"\nfrom funkhaus.{module} import {name}"


PLANTS: dict[str, tuple[Callable[[Path], list[str]], dict[str, str]]] = {
    "lists the states in which a player gets something": (
        rules.find_copied_playable_states,
        {
            "in words": 'PREPARED = ("playable", "ready")',
            "by name": "PREPARED = {AssetState.READY, AssetState.PLAYABLE}",
            "as a condition": 'plays = state == "playable" or state == AssetState.READY',
        },
    ),
    "picks the original version by itself": (
        rules.find_copied_originals,
        {
            "in a query": "x = Version.objects.filter(kind=VersionKind.ORIGINAL).first()",
            "through a join": "x = Video.objects.filter(versions__kind='original')",
            "as the first": "x = next((v for v in video.versions.all() if v.kind == VersionKind.ORIGINAL), None)",
            "by a column": "x = row['form'] != VersionKind.ORIGINAL",
            "from pairs": "x = [pk for pk, kind in pairs if kind == 'original']",
        },
    ),
    "decides what is for children by itself": (
        rules.find_copied_child_rules,
        {
            "by the table": "x = TABLE[item.rating].is_for_children",
            "by a column": "x = row['is_for_kids'] and row['age_rating'] in RATINGS",
            "without the rating": "x = video.is_for_kids and not video.hides_preview",
            "in a query": "x = Video.objects.filter(is_for_kids=True, age_rating__in=RATINGS)",
        },
    ),
    "puts a rating into words by itself": (
        rules.find_copied_rating_words,
        {
            "in a class": "class RatingView: ...",
            "in a function": "def _label_rating(rating): ...",
            "by the choice": "x = str(RatingChoice(rating.value).label)",
            "by the model": "x = video.get_age_rating_display()",
            "in a text": "x = _('from %(age)d') % {'age': age}",
            "in a text with its age": "x = gettext('It is rated 16.')",
        },
    ),
    "spells the hours of a rating": (
        rules.find_spelled_hours,
        {
            "in English": "x = _('It plays from 22:00 on.')",
            "in German": "x = 'nur von 22 bis 6'",
            "the end": "x = 'bis 6 Uhr'",
            "in code": "OPENS = time(23)",
            "beside a player": "x = 'only to 6 o’clock'",
        },
    ),
    "makes a Window by itself": (
        rules.find_copied_windows,
        {
            "with both moments": "x = Window(row.starts_at, row.ends_at)"
            + _import("mediathek.rules.availability", "Window")
        },
    ),
    "makes a TerritoryRule by itself": (
        rules.find_copied_windows,
        {"with its codes": "x = TerritoryRule(frozenset(row.codes))" + _import("kernel.territory", "TerritoryRule")},
    ),
    "alone, so that nothing is taken that is not read": (
        formats.find_format_lists,
        {
            "as words": "x = 'mp4 mkv mov'.split()",
            "as endings": "x = {'.wav', '.flac', '.mp3'}",
            "as a pattern": r"x = re.compile(r'\.(wmv|asf|avi)$')",
            "as a table": "x = {'.mxf': 1, '.gxf': 2, '.ts': 3}",
            "in a sentence": "x = _('Possible are MP4, MOV and MXF.')",
            "of subtitles": "x = ('.vtt', '.srt', '.stl')",
            "of subtitles in a sentence": "x = _('Possible are WebVTT, SubRip and EBU-TT.')",
        },
    ),
}
CASES = [(answer, how) for answer, (_rule, texts) in PLANTS.items() for how in texts]


@pytest.mark.parametrize("ending", ["po", "html", "toml"])
def test_hours_in_a_translation_or_a_template_are_caught(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"funkhaus/mediathek/planted.{ending}"
    path.parent.mkdir(parents=True)
    path.write_text('msgstr "Es läuft nur von 23 bis 6 Uhr."\n', encoding="utf-8")
    (finding,) = rules.find_spelled_hours(tmp_path)
    assert finding.startswith(f"funkhaus/mediathek/planted.{ending}:1 spells the hours")


@pytest.mark.parametrize(("answer", "how"), CASES)
def test_a_copy_is_caught(tmp_path: Path, answer: str, how: str) -> None:
    rule, texts = PLANTS[answer]
    path = tmp_path / "funkhaus/mediathek/planted.py"
    path.parent.mkdir(parents=True)
    path.write_text("x = 1\n", encoding="utf-8")
    assert rule(tmp_path) == []
    path = path.with_name("planted_copy.py")
    path.write_text(f"{texts[how]}\n", encoding="utf-8")
    (finding,) = rule(tmp_path)
    assert finding.startswith("funkhaus/mediathek/planted_copy.py:1 ")
    assert answer in finding
