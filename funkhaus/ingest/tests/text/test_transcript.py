"""From cues to text that reads."""

from __future__ import annotations

from funkhaus.ingest.text.subtitles.cue_markup import Cue
from funkhaus.ingest.text.transcript import LONG, TranscriptParagraph, write_transcript


def read(*texts: str, step_ms: int = 2000) -> list[str]:
    cues = [Cue(number * step_ms, number * step_ms + 1500, text) for number, text in enumerate(texts)]
    return [one.text for one in write_transcript(cues)]


def test_sentences_over_several_cues_become_one_paragraph() -> None:
    assert read("Am Morgen kam\ndas erste Schiff &amp;", "legte <i>sofort</i> an.") == [
        "Am Morgen kam das erste Schiff & legte sofort an."
    ]


def test_another_color_is_another_speaker_even_inside_a_cue() -> None:
    assert read("<c.yellow>Wer da?</c>\n<c.cyan>Ich.\nIch bin es.</c>", "<c.cyan>Mach auf!</c>", "Pause.") == [
        "Wer da?",
        "Ich. Ich bin es. Mach auf!",
        "Pause.",
    ]


def test_a_background_is_no_speaker() -> None:
    assert read("<c.bg_blue>Eins,</c>", "zwei.") == ["Eins, zwei."]


def test_a_voice_is_named() -> None:
    cues = [Cue(0, 1, "<v Anna &amp; Bea>Hallo!</v>"), Cue(2, 3, "<v Tom>Hallo.")]
    assert write_transcript(cues) == (
        TranscriptParagraph(0, "Hallo!", "Anna & Bea"),
        TranscriptParagraph(2, "Hallo.", "Tom"),
    )


def test_dashes_part_speakers_and_are_not_shown() -> None:
    assert read("- Kommst du?\n- Gleich.", "– Jetzt!") == ["Kommst du?", "Gleich.", "Jetzt!"]
    assert read("Das ist - glaube ich - gut.") == ["Das ist - glaube ich - gut."]


def test_sounds_stand_alone_and_are_told_apart() -> None:
    paragraphs = write_transcript([Cue(0, 1, "Still!\n*Donner*"), Cue(2, 3, "[Musik]"), Cue(4, 5, "Na endlich.")])
    assert [(one.text, one.is_sound) for one in paragraphs] == [
        ("Still!", False),
        ("*Donner*", True),
        ("[Musik]", True),
        ("Na endlich.", False),
    ]


def test_a_silence_and_a_great_length_begin_a_new_paragraph() -> None:
    assert read("Eins.", "Zwei.", step_ms=9000) == ["Eins.", "Zwei."]
    assert len(read(*["Noch ein Satz." for _ in range(2)], *[f"Satz {n} von vielen." for n in range(90)])) >= 3
    unended = read(*[f"und dann kam {n}" for n in range(60)])
    assert len(unended) == 1, "no paragraph ends in the middle of a sentence"
    assert len(unended[0]) > LONG


def test_rolling_captions_are_said_once() -> None:
    assert read("Guten Abend.", "Guten Abend.", "Willkommen.") == ["Guten Abend. Willkommen."]
