"""Addresses of the newsroom's own editing pages, below /redaktion/meldungen/."""

from __future__ import annotations

from django.urls import path

from funkhaus.newsroom.desk import breaking_views, liveblog_views, paste_views, withdrawal_views
from funkhaus.newsroom.desk.missing_references_report import ReferenceReport
from funkhaus.newsroom.desk.samples import views

app_name = "newsroom_desk"
urlpatterns = [
    path("eil/", breaking_views.show_list, name="breaking-list"),
    path("eil/<int:news_id>/bestaetigen/", breaking_views.confirm, name="breaking-confirm"),
    path("eil/<int:news_id>/beenden/", breaking_views.end, name="breaking-end"),
    path("<int:page_id>/eil/", breaking_views.propose, name="breaking-propose"),
    path("<int:page_id>/zurueckziehen/", withdrawal_views.withdraw, name="page-withdraw"),
    path("<int:page_id>/liveblog/", liveblog_views.desk, name="liveblog-desk"),
    path("<int:page_id>/einfuegen/", paste_views.paste, name="text-paste"),
    path("bausteine/", views.show_samples, name="sample-list"),
    path("beitraege/<int:post_id>/", liveblog_views.edit_post, name="post-edit"),
    path("ohne-sendungsbezug/", ReferenceReport.as_view(), name="reference-report"),
    path("ohne-sendungsbezug/liste/", ReferenceReport.as_view(results_only=True), name="reference-report-results"),
    path("<int:page_id>/freigeben/", withdrawal_views.lift, name="page-lift"),
]
