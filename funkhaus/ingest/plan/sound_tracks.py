"""Which sound tracks become of a source's, what they are called and which one plays by itself. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from funkhaus.ingest.probe.languages import name_language
from funkhaus.ingest.probe.source_facts import AudioFacts

MAX_TRACKS = 6
SOUND = "sound"

# Words of track titles, as they are seen in deliveries. Whole words only: «AD» stands in many others.
_DESCRIPTION = re.compile(
    r"\b(audio[\s-]?desk\w*|audio[\s-]?descri\w*|h[öo]r-?film\w*|described|descriptive|descri\w*\s+video|AD|DVS)\b",
    re.IGNORECASE,
)
_CLEAR = re.compile(r"\b(klare sprache|clear (speech|voice|dialog(ue)?)|sprachverst[äa]ndlich\w*)\b", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"\b(original(ton|fassung|version)?|o-?ton|OV|OF|international(er ton)?|IT-?ton)\b", re.IGNORECASE
)
_HANDLER = re.compile(r"handle|^(video|audio|sound|stereo|mono|5\.1|surround|track ?\d*)?$", re.IGNORECASE)

# What a list of sound tracks says besides the language: in that language where it is known here.
_DESCRIBED = {"de": "Audiodeskription", "en": "audio description", "fr": "audiodescription", "es": "audiodescripción"}
_CLEARED = {"de": "Klare Sprache", "en": "clear speech"}
_ORIGINALS = {"de": "Originalton", "en": "original sound"}


@dataclass(frozen=True)
class SoundTrack:
    """A sound track to make: from one stream, or from two that are the left and the right of it.

    `kind` is one of `RenditionKind`; `label` is what a list calls it; `language` is a tag after BCP 47 or empty.
    """

    name: str
    sources: tuple[AudioFacts, ...]
    kind: str = "audio"
    language: str = ""
    label: str = ""
    is_default: bool = False

    @property
    def end_s(self) -> float:
        """Where it ends, in seconds."""
        return max(source.end_s for source in self.sources)


def plan_sounds(audios: tuple[AudioFacts, ...]) -> tuple[SoundTrack, ...]:
    """The tracks to make, the one that plays by itself first; at most `MAX_TRACKS`."""
    usable = tuple(audio for audio in audios if audio.is_decodable)
    main = choose_main(usable)
    if main is None:
        return ()
    groups = _pair_up(usable) or tuple((audio,) for audio in usable)
    ordered = sorted(groups, key=lambda group: (main not in group, group[0].index))[:MAX_TRACKS]
    named = [_describe(place, group, main) for place, group in enumerate(ordered)]
    return tuple(_tell_apart(named))


def choose_main(audios: tuple[AudioFacts, ...]) -> AudioFacts | None:
    """The main sound: decodable, no audio description if there is another, the default before the first."""
    usable = [audio for audio in audios if audio.is_decodable]
    return min(
        usable,
        key=lambda audio: (is_description(audio), bool(_CLEAR.search(audio.title)), not audio.is_default, audio.index),
        default=None,
    )


def is_description(audio: AudioFacts) -> bool:
    """Audio description, by the file's own mark or by its title."""
    return audio.is_description or bool(_DESCRIPTION.search(audio.title))


def _pair_up(audios: tuple[AudioFacts, ...]) -> tuple[tuple[AudioFacts, ...], ...]:
    """Studio files carry left and right as mono streams (EBU R 123): 1 with 2, 3 with 4; empty where it is none."""
    is_studio = all(audio.channels == 1 and audio.codec.startswith("pcm") for audio in audios)
    if len(audios) < 2 or len(audios) % 2 or not is_studio:
        return ()
    pairs = tuple(zip(audios[::2], audios[1::2], strict=True))
    is_alike = all(left.language == right.language and left.title == right.title for left, right in pairs)
    return pairs if is_alike else ()


def _describe(place: int, group: tuple[AudioFacts, ...], main: AudioFacts) -> SoundTrack:
    audio = group[0]
    short = audio.language.partition("-")[0]
    note = ""
    if is_description(audio):
        note = _DESCRIBED.get(short, _DESCRIBED["de"])
    elif _CLEAR.search(audio.title):
        note = _CLEARED.get(short, _CLEARED["de"])
    elif _ORIGINAL.search(audio.title):
        note = _ORIGINALS.get(short, _ORIGINALS["de"])
    elif not _HANDLER.search(audio.title):
        note = audio.title[:40]
    language = name_language(audio.language) if audio.language else ""
    label = f"{language} ({note})" if language and note and note != language else language or note
    return SoundTrack(
        name=SOUND if place == 0 else f"{SOUND}-{place + 1}",
        sources=group,
        kind="audio_description" if is_description(audio) else "audio",
        language=audio.language,
        label=label,
        is_default=main in group,
    )


def _tell_apart(tracks: list[SoundTrack]) -> list[SoundTrack]:
    """Give every track a label of its own: two of one name cannot be chosen between (RFC 8216 section 4.3.4.1)."""
    seen: set[str] = set()
    for place, track in enumerate(tracks):
        label = track.label or ("Original" if track.is_default else "Ton")
        number = 2
        while label in seen:
            label, number = f"{track.label or 'Ton'} {number}", number + 1
        seen.add(label)
        tracks[place] = replace(track, label=label)
    return tracks
