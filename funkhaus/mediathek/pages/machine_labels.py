"""The catalogue's data for the machine labels of youth protection."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.vocabulary.age_declaration import Declaration, write_page_label

LANGUAGES = ("", "en/")


def get_age_declaration(now: datetime) -> Declaration:
    """Return the content of `/age-de.xml` (two queries): the pages of restricted items, and a default age.

    The default for pages without a label is the highest age that may play at every hour.
    """
    host = public_host()
    rows = Video.objects.filter(live=True).values_list("public_id", "age_rating").order_by("pk")
    open_ages, scopes = [0], dict[int, list[str]]()
    for public_id, value in rows:
        rating = AgeRating(value)
        if rating.is_restricted:
            pages = [f"{host}/{language}video/{public_id}-*" for language in LANGUAGES]
            scopes.setdefault(rating.minimum_age, []).extend(pages)
        else:
            open_ages.append(rating.minimum_age)
    changed = Video.objects.aggregate(last=Max("last_published_at"))["last"] or now
    return Declaration(host, max(open_ages), timezone.localdate(changed), scopes)


def label_page(rating: AgeRating) -> str:
    """Return the machine label of an item's page."""
    return write_page_label(rating.minimum_age, public_host())


def public_host() -> str:
    """Return the host of the public URL, with its port if it has one."""
    return urlsplit(settings.PUBLIC_URL).netloc
