"""«und» is the code for an unknown language, and the German word for «and»: menus say it in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from funkhaus.ingest.models import TextTrack
from funkhaus.mediathek.desk.wording import name_language as name_at_the_desk
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.playable.playables import name_language
from funkhaus.mediathek.selectors import get_playable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["und", "mul", "zxx"])
def test_a_code_that_names_no_language_is_said_in_words(code: str) -> None:
    with override("de"):
        assert name_language(code) == name_at_the_desk(code) == "Sprache unbekannt"
        assert name_language("fr") == "Französisch"


def test_the_menu_of_a_player_has_no_code_for_it(draft: Video) -> None:
    asset = draft.versions.get().asset
    assert asset
    TextTrack.objects.create(asset=asset, kind="subtitles", language="und", file_name="und.vtt")
    item = get_playable(draft.public_id)
    assert item is not None
    assert item.media is not None
    labels = [track.label for track in item.media.tracks]
    assert "und" not in labels
    assert "Sprache unbekannt" in labels
