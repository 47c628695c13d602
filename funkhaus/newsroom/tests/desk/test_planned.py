"""The desk's start page says what is planned, when its embargo ends, and when it goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from funkhaus.accounts.models import User
from funkhaus.newsroom.desk.planned_panel import list_plans
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_what_comes_stands_there_soonest_first_and_nothing_that_is_over_or_far_away(editor: Client) -> None:
    now = timezone.now()
    section = make_section()
    planned, embargoed, ending, far = (make_article(section, slug, title=slug.title()) for slug in ("p", "e", "z", "f"))
    revision = planned.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=now + 3 * DAY)
    ArticlePage.objects.filter(pk=embargoed.pk).update(embargo_until=now + DAY)
    Page.objects.filter(pk=ending.pk).update(expire_at=now + 2 * DAY)
    ArticlePage.objects.filter(pk=far.pk).update(embargo_until=now + 30 * DAY)
    plans = list_plans(User.objects.get(username="edda"), now)
    assert [(plan.title, plan.url.split("/")[-3]) for plan in plans] == [
        ("E", str(embargoed.pk)),
        ("Z", str(ending.pk)),
        ("P", str(planned.pk)),
    ]
    text = editor.get("/redaktion/").content.decode()
    assert text.index("Sperrfrist bis dahin") < text.index("wird veröffentlicht")
    assert list_plans(User.objects.get(username="edda"), now + 40 * DAY) == ()
