"""Queries of access services: those of each video, and the pages that list videos by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from funkhaus.cms.queries.pagination import Cursor
from funkhaus.ingest.models import PLAYABLE_STATES, Rendition, RenditionKind, TextTrack, TextTrackKind
from funkhaus.mediathek.lists.breadcrumbs_and_tabs import mediathek_link
from funkhaus.mediathek.lists.card_pages import find_filled
from funkhaus.mediathek.lists.video_lists import ListHead, compose_list
from funkhaus.mediathek.models import Version
from funkhaus.mediathek.vocabulary.accessibility import KEYS, AccessService
from funkhaus.mediathek.vocabulary.template_data import AccessPageView, AccessWay, ListView
from funkhaus.ui.components import Link

SUBTITLES = (TextTrackKind.SUBTITLES, TextTrackKind.CAPTIONS)


def list_services(pks: Collection[int]) -> dict[int, set[AccessService]]:
    """Return the access services of these videos by the files that play now (three queries)."""
    found: dict[int, set[AccessService]] = defaultdict(set)
    originals: dict[int, set[int]] = defaultdict(set)
    playable = Version.objects.filter(video__in=pks, asset__state__in=PLAYABLE_STATES)
    for video, kind, asset in playable.values_list("video_id", "kind", "asset_id"):
        if kind in AccessService:
            found[video].add(AccessService(kind))
        else:  # an original: its services are in its media file
            originals[asset].add(video)
    described = Rendition.objects.filter(asset__in=originals, kind=RenditionKind.AUDIO_DESCRIPTION)
    subtitled = TextTrack.objects.filter(asset__in=originals, kind__in=SUBTITLES)
    for rows_of, service in ((described, AccessService.AUDIO_DESCRIPTION), (subtitled, AccessService.SUBTITLES)):
        for asset in rows_of.values_list("asset_id", flat=True):
            for video in originals[asset]:
                found[video].add(service)
    return found


def get_access_page(now: datetime) -> AccessPageView:
    """Return the page of the services that at least one available video has."""
    filled = find_filled(KEYS, now)
    ways = (
        AccessWay(capfirst(str(one.label)), reverse("mediathek:access-list", args=[one.slug]), one.meaning)
        for one in AccessService
        if one.list_key in filled
    )
    return AccessPageView((mediathek_link(),), tuple(ways))


def get_access_list(service: AccessService, now: datetime, after: Cursor | None) -> ListView:
    """Return a page of the available videos with this service, newest first."""
    address = reverse("mediathek:access-list", args=[service.slug])
    above = (Link(_("Accessible"), reverse("mediathek:access")),)
    title = capfirst(str(service.label))
    head = ListHead(title, service.meaning, address=address, above=above)
    return compose_list(service.list_key, head, now, after)
