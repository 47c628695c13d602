"""The panels of the catalogue's edit pages, in the order in which editors work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from funkhaus.mediathek.audit.take_down_state import describe_take_down
from funkhaus.mediathek.desk.catalogue.forms import CatalogueForm, VideoForm
from funkhaus.mediathek.desk.catalogue.publication_state import describe_public_page
from funkhaus.mediathek.desk.media_file.file_description import get_media_file_view
from funkhaus.mediathek.desk.media_file.waiting_replacement import describe_succession
from funkhaus.mediathek.vocabulary.ratings import free_hours_and_unrated_lazy

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Show


class MediaFilePanel(Panel):
    """The media file of a video: state, preview, and links to its own pages."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "mediathek/desk/media_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the context with the media file and the public page as plain data."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            video = self.instance
            context["media"] = get_media_file_view(video)
            context["succession"] = describe_succession(video, None)
            user = getattr(self.request, "user", None)
            context["take_down"] = describe_take_down(video, user) if video.pk and user else None
            context["public_page"] = describe_public_page(video) if video.pk else None
            context["replace_url"] = reverse("intake:file-replace", args=[video.pk]) if video.pk else None
            context["versions_url"] = reverse("mediathek_desk:version-list", args=[video.pk]) if video.pk else None
            context["upload_url"] = reverse("intake:video-upload")
            return context


class SeasonsPanel(Panel):
    """The seasons of a show with links to their edit pages; giving a video a season number creates one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "mediathek/desk/seasons_panel.html"

        def is_shown(self) -> bool:
            """Return True for a stored show."""
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the context with the seasons as pairs of title and URL."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            show: Show = self.instance
            context["seasons"] = [
                (str(season), reverse("wagtailsnippets_mediathek_season:edit", args=[season.pk]))
                for season in show.seasons.order_by("number")
            ]
            context["add_url"] = reverse("wagtailsnippets_mediathek_season:add")
            return context


VIDEO_PANEL = ObjectList(
    [
        MediaFilePanel(heading=_("Media file"), icon="media"),
        FieldPanel("title"),
        FieldPanel("teaser"),
        MultiFieldPanel(
            [
                FieldPanel("kind", widget=RadioSelect),
                FieldPanel("show"),
                FieldRowPanel([FieldPanel("season_number"), FieldPanel("episode_number")]),
                FieldPanel("genres", widget=CheckboxSelectMultiple),
                FieldPanel("published_on"),
            ],
            heading=_("What it is"),
            icon="tag",
        ),
        MultiFieldPanel(
            [
                FieldPanel("age_rating", widget=RadioSelect),
                FieldPanel("rating_reasons"),
                FieldPanel("is_for_kids"),
                FieldPanel("hides_preview"),
            ],
            heading=_("Youth protection"),
            icon="lock",
            help_text=free_hours_and_unrated_lazy(),
        ),
        FieldPanel("availability_rule"),
        InlinePanel(
            "windows",
            heading=_("Availability"),
            label=_("availability window"),
            icon="date",
            help_text=_(
                "Without a window, publishing makes the video available from now on, without end. To let it start "
                "later, enter from when and publish it now: until then its page stands there with title and text and "
                "says when, and lists leave it out. If nobody may know of it yet, leave it a draft until then."
            ),
            panels=[
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("contract_ends_at"), FieldPanel("counts_from")]),
                FieldRowPanel([FieldPanel("territory_mode"), FieldPanel("territories")]),
            ],
        ),
        InlinePanel(
            "credits",
            heading=_("People"),
            label=_("person"),
            icon="group",
            panels=[FieldRowPanel([FieldPanel("person"), FieldPanel("role"), FieldPanel("character")])],
        ),
        FieldPanel("picture", help_text=_("Without a picture a still of the video is shown.")),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("belongs_to"), FieldPanel("slug"), FieldPanel("is_embeddable")],
            heading=_("Connections and address"),
            icon="link",
            classname="collapsed",
        ),
    ],
    base_form_class=VideoForm,
)

SHOW_PANEL = ObjectList(
    [
        FieldPanel("title"),
        FieldPanel("teaser"),
        FieldPanel("picture"),
        FieldPanel("genres", widget=CheckboxSelectMultiple),
        FieldPanel("is_for_kids"),
        SeasonsPanel(heading=_("Seasons"), icon="list-ul"),
        FieldPanel("description"),
        MultiFieldPanel([FieldPanel("slug")], heading=_("Address"), icon="link", classname="collapsed"),
    ],
    base_form_class=CatalogueForm,
)

SEASON_PANEL = ObjectList([FieldPanel("show"), FieldPanel("number"), FieldPanel("title")])
CHANNEL_PANEL = ObjectList([FieldPanel("name"), FieldPanel("slug")], base_form_class=CatalogueForm)
GENRE_PANEL = ObjectList([FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")], base_form_class=CatalogueForm)
PERSON_PANEL = ObjectList([FieldPanel("name"), FieldPanel("slug")], base_form_class=CatalogueForm)
BROADCAST_PANEL = ObjectList(
    [
        FieldPanel("channel"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("video"),
        FieldPanel("title", help_text=_("Left empty, the title of the video stands there once it is public.")),
    ]
)
