"""An article of 300 blocks in the bench's house: what a very long read costs. Runs inside, prints its path."""

from __future__ import annotations

from typing import Any

SLUG = "dreihundert-bausteine"
TEXT = (
    "<p>Der Fluss <b>steigt</b>, und wer am Ufer wohnt, weiß es vor allen anderen. Am Morgen stehen die ersten auf dem "
    "Deich und sehen nach, <i>wie weit</i> das Wasser gekommen ist. "
    'Mehr dazu <a linktype="page" id="{story}">hier</a>.</p>'
)


def main() -> None:
    """Make the article where it is missing."""
    import django

    django.setup()
    from funkhaus.newsroom.models import ArticlePage, SectionPage

    page = ArticlePage.objects.filter(slug=SLUG).first()
    if page is None:
        page = ArticlePage(
            body=list_blocks(),
            title="Dreihundert Bausteine",
            slug=SLUG,
            kicker="Messung",
            teaser="So lang ist kein Artikel, und es dauert doch nicht länger als ein Wimpernschlag.",
            live=False,
        )
        section = SectionPage.objects.order_by("pk")[0]
        section.add_child(instance=page)
        page.save_revision().publish()
    print(page.url)


def list_blocks() -> list[tuple[str, Any]]:
    """Mostly text, as long reads are, and each other kind of block several times."""
    from funkhaus.cms.models import Picture
    from funkhaus.mediathek.models import Video
    from funkhaus.newsroom.models import ArticlePage

    story = ArticlePage.objects.live().exclude(slug=SLUG).order_by("pk")[0]
    picture, video = Picture.objects.order_by("pk")[0], Video.objects.filter(live=True).order_by("pk")[0]
    described = {"picture": picture}
    paragraph = ("paragraph", TEXT.format(story=story.pk))
    chapter = [
        ("heading", {"text": "Ein neuer Abschnitt", "level": "2"}),
        *[paragraph] * 20,
        ("quote", {"text": "Es steigt", "speaker": "Ada Brandt", "role": "Pegelamt"}),
        ("picture", described),
        ("list", {"title": "Mitnehmen", "items": ["Stiefel", "Lampe", "Geduld"], "is_numbered": False}),
        ("infobox", {"title": "Pegel", "text": TEXT.format(story=story.pk)}),
        (
            "table",
            {"caption": "Stände", "cells": "Ort\tStand\nKai\t3,80\nTor\t4,10", "names_rows": True, "source": "Amt"},
        ),
        ("number", {"value": "5,70 m", "label": "war der Höchststand", "source": "Amt"}),
        ("chart", {"title": "Verlauf", "kind": "line", "cells": "1; 2\n2; 3\n3; 5", "unit": "m", "source": "Amt"}),
        ("related", {"page": story}),
        ("video", {"video": video}),
    ]
    return chapter * 10


if __name__ == "__main__":
    main()
