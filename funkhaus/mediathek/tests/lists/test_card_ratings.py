"""Cards name the age and why (JMStV § 5c (3)), for every rating that limits anybody."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from funkhaus.mediathek.models import Video
from funkhaus.mediathek.selectors import list_cards
from funkhaus.mediathek.services import publish_video


@pytest.mark.parametrize(
    ("rating", "chip"),
    [("0", ""), ("6", "Ab 6"), ("12", "Ab 12"), ("16", "Ab 16"), ("18", "Ab 18"), ("unrated", "Ab 16")],
)
def test_a_card_names_age_and_reasons(draft: Video, rating: str, chip: str) -> None:
    draft.age_rating, draft.rating_reasons = rating, ["threat", "drugs"]
    publish_video(video=draft)
    card = list_cards("new", timezone.now(), limit=6).cards[0]
    html = render_to_string("ui/video_card.html", {"card": card})
    assert ("fh-chip-rating" in html) is bool(chip)
    assert chip in html
    assert "bedrohliche Szenen, Drogen" in html
