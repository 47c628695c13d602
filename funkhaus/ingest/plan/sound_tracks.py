"""Sound tracks: decides which are made of a source's, how they are labelled and which is the default. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from funkhaus.ingest.probe.languages import name_language
from funkhaus.ingest.probe.source_facts import AudioFacts

MAX_TRACKS = 6  # deliveries have rarely more than four: original, description, clear speech, another language
SOUND = "sound"
# Numbers of mono tracks, from 1, of each sound (the setting FUNKHAUS_MONO_TRACKS); None: pairs.
MonoGroups = tuple[tuple[int, ...], ...] | None
# Layouts of joined mono streams by their count, with the speakers in the order of delivery (EBU R 123).
CHANNELS = {2: ("stereo", ("FL", "FR")), 6: ("5.1(side)", ("FL", "FR", "FC", "LFE", "SL", "SR"))}

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

# Labels of sound tracks besides the language, in that language where it is known here.
_DESCRIBED = {"de": "Audiodeskription", "en": "audio description", "fr": "audiodescription", "es": "audiodescripción"}
_CLEARED = {"de": "Klare Sprache", "en": "clear speech"}
_ORIGINALS = {"de": "Originalton", "en": "original sound"}


@dataclass(frozen=True)
class SoundTrack:
    """A sound track to make: from one stream, or from mono ones that are its channels, in the order of `CHANNELS`.

    `kind` is one of `RenditionKind`; `label` is its name in menus; `language` is a tag after BCP 47 or empty;
    `least_s`: silence follows the sound until then.
    """

    name: str
    sources: tuple[AudioFacts, ...]
    kind: str = "audio"
    language: str = ""
    label: str = ""
    is_default: bool = False
    least_s: float = 0.0

    @property
    def source_end_s(self) -> float:
        """Return the end of the source's sound in seconds."""
        return max(source.end_s for source in self.sources)

    @property
    def end_s(self) -> float:
        """Return the end in seconds, silence included."""
        return max(self.source_end_s, self.least_s)


def plan_sounds(audios: tuple[AudioFacts, ...], mono_groups: MonoGroups = None) -> tuple[SoundTrack, ...]:
    """Return the tracks to make, the default first; at most `MAX_TRACKS`."""
    usable = tuple(audio for audio in audios if audio.is_decodable)
    main = choose_main(usable)
    if main is None:
        return ()
    groups = _group(usable, mono_groups) or tuple((audio,) for audio in usable)
    main = main if any(main in group for group in groups) else choose_main(tuple(group[0] for group in groups)) or main
    ordered = sorted(groups, key=lambda group: (main not in group, group[0].index))[:MAX_TRACKS]
    named = [_describe(place, group, main) for place, group in enumerate(ordered)]
    return tuple(_tell_apart(named))


def choose_main(audios: tuple[AudioFacts, ...]) -> AudioFacts | None:
    """Return the main sound: decodable, no audio description if there is another, the default before the first."""
    usable = [audio for audio in audios if audio.is_decodable]
    return min(
        usable,
        key=lambda audio: (is_description(audio), bool(_CLEAR.search(audio.title)), not audio.is_default, audio.index),
        default=None,
    )


def is_description(audio: AudioFacts) -> bool:
    """Tell whether the sound is an audio description, by the file's own mark or by its title."""
    return audio.is_description or bool(_DESCRIPTION.search(audio.title))


def _group(audios: tuple[AudioFacts, ...], mono_groups: MonoGroups) -> tuple[tuple[AudioFacts, ...], ...]:
    """Return the mono streams of a studio file that belong together; empty where none do.

    Pairs are left and right (EBU R 123): 1 with 2, 3 with 4. What a setting does not name is left out.
    """
    is_studio = all(audio.channels == 1 and audio.codec.startswith("pcm") for audio in audios)
    if len(audios) < 2 or not is_studio:
        return ()
    if mono_groups is None:
        groups = tuple(zip(audios[::2], audios[1::2], strict=False))
        return groups if len(audios) % 2 == 0 and all(map(_is_alike, groups)) else ()
    named = [[audios[number - 1] for number in group if number <= len(audios)] for group in mono_groups]
    return tuple(tuple(found) for found, group in zip(named, mono_groups, strict=True) if len(found) == len(group))


def _is_alike(group: tuple[AudioFacts, ...]) -> bool:
    return len({(audio.language, audio.title) for audio in group}) == 1


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
        note = audio.title[:40]  # a menu has no room for more
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
    """Give every track a label of its own: tracks of a group must differ in name (RFC 8216, 4.3.4.1.1)."""
    seen: set[str] = set()
    for place, track in enumerate(tracks):
        label = track.label or ("Original" if track.is_default else "Ton")
        number = 2
        while label in seen:
            label, number = f"{track.label or 'Ton'} {number}", number + 1
        seen.add(label)
        tracks[place] = replace(track, label=label)
    return tracks
