"""The page of all components: complete, valid, for staff only."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.ui.samples import list_samples
from tests.checkers.html_check import find_markup_faults
from tests.site import ensure_site

pytestmark = pytest.mark.django_db


def test_staff_sees_every_component_in_valid_markup(client: Client) -> None:
    ensure_site()
    client.force_login(User.objects.create_superuser("edda", password="edda"))
    html = client.get("/redaktion/bausteine/").content.decode()
    assert find_markup_faults(html) == []
    gallery = list_samples()
    assert html.count('class="fh-card') >= len(gallery.shelf) + 7
    assert "ui/sample.svg" in html


def test_nobody_else_sees_it(client: Client) -> None:
    assert client.get("/redaktion/bausteine/").status_code == 302
