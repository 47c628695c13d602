"""One sample of every component in every state, for the page that shows them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.templatetags.static import static
from django.utils.translation import gettext as _

from funkhaus.ui.components import Badge, Image, Link, Notice, Teaser, VideoCard

LONG = "Donaudampfschifffahrtsgesellschaftskapitän und andere Wörter, die an keiner Stelle umbrechen wollen"
END = datetime(2027, 12, 31, 23, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """A component's template with its context; `name` says which state this is."""

    name: str
    template: str
    teaser: Teaser | None = None
    card: VideoCard | None = None
    notice: Notice | None = None
    look: str = ""


@dataclass(frozen=True)
class SampleGroup:
    """Samples of one kind. `layout`: the CSS class of the element around them."""

    title: str
    samples: tuple[Sample, ...]
    layout: str = "fh-grid"


@dataclass(frozen=True)
class Gallery:
    """The contents of the page of all components."""

    groups: tuple[SampleGroup, ...]
    shelf: tuple[VideoCard, ...]
    links: tuple[Link, ...]
    colors: tuple[str, ...]


def list_samples() -> Gallery:
    """Return every component in every state, in the active language."""
    return Gallery(
        groups=(
            SampleGroup(_("Cards"), tuple(Sample(name, "ui/video_card.html", card=card) for name, card in _cards())),
            SampleGroup(
                _("Cards in a row"),
                tuple(Sample(name, "ui/video_card.html", card=card, look="row") for name, card in _cards()[:2]),
                "fh-sample-column",
            ),
            SampleGroup(_("Teasers"), tuple(_teasers())),
            SampleGroup(
                _("Teaser that leads"), (Sample(_("lead"), "ui/teaser.html", teaser=_teaser(), look="lead"),), ""
            ),
        ),
        shelf=tuple(card for _name, card in _cards()) * 2,
        links=(Link(_("Current"), "#", is_current=True), Link(_("Another"), "#"), Link(LONG[:30], "#")),
        colors=("paper", "raised", "ink", "soft", "line", "accent", "night", "night-2", "glow", "snow", "mist"),
    )


def _image() -> Image:
    source = static("ui/sample.svg")
    return Image(src=source, srcset=f"{source} 800w", width=800, height=450, alt=_("A lighthouse"))


def _card(**changes: object) -> VideoCard:
    values: dict[str, object] = {
        "url": "#",
        "title": "Morgen am Kai",
        "kicker": "Tidenzeit",
        "still": None,
        "image": _image(),
        "duration": "24 min",
        "duration_iso": "PT24M",
        "rating": "",
        "available_until": None,
    }
    return VideoCard(**(values | changes))  # type: ignore[arg-type]


def _cards() -> list[tuple[str, VideoCard]]:
    every = tuple(Badge(short, short) for short in ("AD", "DGS", "KS", "LS", "OV"))
    return [
        (_("plain"), _card()),
        (
            _("with everything"),
            _card(
                rating="16",
                rating_reasons="bedrohliche Szenen",
                available_until=END,
                line="Staffel 1, Folge 2",
                badges=every,
            ),
        ),
        (_("long words"), _card(title=LONG, kicker=LONG[:40], duration="2 h 14 min", available_until=END)),
        (_("without a picture"), _card(image=None)),
        (_("audio"), _card(image=None, is_audio=True, title="Wetter für die Küste")),
    ]


def _teaser(**changes: object) -> Teaser:
    values: dict[str, object] = {
        "url": "#",
        "headline": "Der Lotsenturm leuchtet wieder",
        "kicker": "Nach elf Jahren",
        "text": "Seit gestern Abend weist das Feuer den Fischern wieder den Weg.",
        "image": _image(),
        "published_at": END,
    }
    return Teaser(**(values | changes))  # type: ignore[arg-type]


def _teasers() -> list[Sample]:
    states: tuple[tuple[str, dict[str, object]], ...] = (
        (_("plain"), {}),
        (_("long words"), {"headline": LONG, "kicker": LONG[:40]}),
        (_("without a picture"), {"image": None}),
        (_("headline alone"), {"image": None, "kicker": "", "text": "", "published_at": None}),
    )
    return [Sample(name, "ui/teaser.html", teaser=_teaser(**changes)) for name, changes in states]
