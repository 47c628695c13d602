"""An editor of the group «Redaktion»."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.accounts.models import User
from tests.site import ensure_groups, ensure_site


@pytest.fixture
def editor(db: None) -> Client:
    ensure_site()
    user = User.objects.create_user("edda", password="edda")
    user.groups.add(ensure_groups())
    client = Client()
    client.force_login(user)
    return client
