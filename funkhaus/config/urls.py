"""Addresses: the public ones with and without /en/, the editing pages, the machine faces."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as editing_urls

urlpatterns = [
    path("redaktion/", include(editing_urls)),
    *i18n_patterns(
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
