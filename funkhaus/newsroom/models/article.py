"""The article page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel

from funkhaus.cms.fields import SlimStreamField
from funkhaus.cms.models import PortalPage
from funkhaus.cms.publication_checks import check_publication
from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.newsroom.blocks.article_body import ArticleBody


class ArticlePage(PortalPage):
    """An article. The headline is Wagtail's `title`, its first publication Wagtail's `first_published_at`.

    `last_significant_update_at` is shown to readers as «updated»: the editor sets it when the news has
    changed; saving a corrected comma does not.
    """

    kicker = models.CharField(
        _("kicker"),
        max_length=60,
        blank=True,
        help_text=_("The line above the headline: place, topic or occasion. At most 60 characters."),
    )
    teaser = models.TextField(
        _("teaser"),
        max_length=500,
        help_text=_("One or two sentences that say what has happened. They also stand in lists."),
    )
    picture = models.ForeignKey(
        "cms.Picture",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands above the text and beside the headline in lists."),
    )
    body = SlimStreamField(ArticleBody(), verbose_name=_("body"), blank=True)
    last_significant_update_at = models.DateTimeField(
        _("last significant update"),
        null=True,
        blank=True,
        help_text=_("Set it when the news itself has changed. Saving the page does not touch it."),
    )
    authors = ParentalManyToManyField(
        "newsroom.Author", verbose_name=_("authors"), blank=True, related_name="+", help_text=_("Who wrote it.")
    )
    topics = ParentalManyToManyField(
        "newsroom.TopicPage",
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_("The story appears on their pages."),
    )
    no_reference_reason = models.CharField(
        _("why without programme reference"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where a text belongs to no programme and need not: the reason, for the report."),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_(
            "Before this moment nobody outside sees the page, even if it is published: not by its address, "
            "not in lists, not where other pages refer to it."
        ),
    )

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("kicker"),
        TitleFieldPanel("title", heading=_("Headline"), placeholder=_("Headline")),
        FieldPanel("teaser"),
        FieldPanel("picture"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("authors", widget=CheckboxSelectMultiple), FieldPanel("topics", widget=CheckboxSelectMultiple)],
            heading=_("Belongs to"),
        ),
        InlinePanel(
            "programme_references",
            heading=_("Programme"),
            label=_("programme"),
            icon="media",
            help_text=_("What of the programme the text belongs to. Readers are led there."),
        ),
        FieldPanel("no_reference_reason"),
        MultiFieldPanel([FieldPanel("last_significant_update_at")], heading=_("For the readers")),
    ]
    settings_panels = [FieldPanel("embargo_until"), *PortalPage.settings_panels]
    desk_fields = (*PortalPage.desk_fields, "kicker", "teaser", "body", "authors", "topics")
    exclude_fields_in_copy: ClassVar[list[str]] = [
        *PortalPage.exclude_fields_in_copy,
        *("embargo_until", "last_significant_update_at"),
    ]
    parent_page_types: ClassVar[list[str]] = ["newsroom.SectionPage"]
    is_upper: ClassVar[bool] = False
    has_no_address = False  # set on an instance by the desk (lifecycle/desk_status.py)
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        # For the next moment at which pages change by the clock (`lists.moments`).
        indexes: ClassVar[list[Any]] = [models.Index(fields=["embargo_until"], name="newsroom_article_embargo")]

    def get_url(self, *args: Any, **options: Any) -> str | None:
        """Return the page's address; None for an instance that the desk has marked as one the public does not find."""
        return None if self.has_no_address else super().get_url(*args, **options)

    url = property(get_url)

    def save(self, *args: Any, **options: Any) -> None:
        """Store the page with its topics and authors as one unit of work."""
        with unit_of_work():
            super().save(*args, **options)

    def publish(self, revision: Any, *args: Any, **options: Any) -> Any:
        """Publish the revision or plan its publication; Wagtail calls this for every way of publishing.

        Raises `BlockedByGates` where a blocking publish check finds something in it. Warnings are shown by the desk's
        views.
        """
        check_publication(revision.as_object())
        return super().publish(revision, *args, **options)
