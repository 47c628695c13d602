"""Addresses of embed pages and oEmbed. `oembed_url` has no language prefix."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.kernel.public_id import PATTERN
from funkhaus.syndication import embed_views

app_name = "syndication"
urlpatterns = [re_path(rf"^embed/(?P<public_id>{PATTERN})/$", embed_views.show_embed, name="embed")]
oembed_url = path("oembed", embed_views.send_oembed, name="oembed")
