"""The root URL configuration: public addresses with and without /en/, the editing pages, addresses for programs."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as editing_urls
from wagtail.documents import urls as document_urls

from funkhaus.accounts.staff_login import urls as second_factor_urls
from funkhaus.intake.tus import urls as upload_urls
from funkhaus.kernel.address_prefixes import DOCUMENTS, EDITING, FILES, HEALTH, SECOND_FACTOR, UPLOADS, write_route
from funkhaus.kernel.public_id import PATTERN
from funkhaus.mediathek.age_declaration_views import send_age_declaration
from funkhaus.mediathek.urls import urlpatterns as mediathek_urls
from funkhaus.portal import health
from funkhaus.portal.picture_views import card, picture
from funkhaus.portal.transcript_page import show_transcript
from funkhaus.portal.video_page import show_video
from funkhaus.portal.views import not_found, serve_page
from funkhaus.syndication.urls import oembed_url

# Composed here, because the pages of a video and of its text are made of two layers: the Mediathek's facts and the
# player.
mediathek_pages = [
    *mediathek_urls,
    re_path(rf"^video/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$", show_video, name="video-detail"),
    re_path(
        rf"^video/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/transkript/$", show_transcript, name="video-transcript"
    ),
]

urlpatterns = [
    path("", include("funkhaus.playback.urls")),
    oembed_url,
    path("age-de.xml", send_age_declaration),
    path(f"{write_route(HEALTH)}live", health.live),
    path(f"{write_route(HEALTH)}ready", health.ready),
    path(f"{write_route(FILES)}images/<str:name>", picture),
    path(f"{write_route(FILES)}images/cards/<str:name>", card),
    path(write_route(UPLOADS), include(upload_urls)),
    path(write_route(SECOND_FACTOR), include(second_factor_urls)),
    # Wagtail's chooser of embeds, which no text of ours has, and its page that fails are open to every account.
    re_path(rf"^{write_route(EDITING)}(?:embeds|failwhale)/", not_found),
    path(write_route(EDITING), include(editing_urls)),
    path(write_route(DOCUMENTS), include(document_urls)),
    *i18n_patterns(
        path("", include("funkhaus.syndication.urls")),
        path("", include((mediathek_pages, "mediathek"))),
        path("", include("funkhaus.newsroom.urls")),
        path("", include("funkhaus.kids.urls")),
        re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler403 = "funkhaus.portal.views.forbidden"
handler404 = "funkhaus.portal.views.not_found"
handler500 = "funkhaus.portal.views.failed"
