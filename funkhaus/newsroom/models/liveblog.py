"""Liveblog pages and their posts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from funkhaus.kernel.public_id import new_public_id
from funkhaus.newsroom.blocks.article_body import FEATURES
from funkhaus.newsroom.models.article import ArticlePage


class LiveblogPage(ArticlePage):
    """A liveblog. Its body is shown above the posts; its posts are rows of their own and public at once."""

    starts_at = models.DateTimeField(
        _("coverage starts"), default=timezone.now, help_text=_("May lie before the event itself.")
    )
    ended_at = models.DateTimeField(
        _("coverage ended"),
        null=True,
        blank=True,
        help_text=_("Empty while it runs. Afterwards the page says that it has ended and asks no more for new posts."),
    )

    content_panels: ClassVar[list[Any]] = [
        *ArticlePage.content_panels,
        MultiFieldPanel([FieldPanel("starts_at"), FieldPanel("ended_at")], heading=_("Coverage")),
    ]
    parent_page_types: ClassVar[list[str]] = ["newsroom.SectionPage"]

    class Meta:
        verbose_name = _("liveblog")
        verbose_name_plural = _("liveblogs")


class LivePost(models.Model):
    """One post. Drafts are the desk's alone. Removed posts stay as rows, so that open pages can remove them too."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    liveblog = models.ForeignKey(LiveblogPage, on_delete=models.CASCADE, editable=False, related_name="posts")
    posted_at = models.DateTimeField(_("time"), default=timezone.now)
    headline = models.CharField(_("headline"), max_length=140)
    text = RichTextField(_("text"), blank=True, features=FEATURES)
    picture = models.ForeignKey(
        "cms.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author = models.ForeignKey(
        "newsroom.Author",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands at the post. Empty: nobody is named."),
    )
    is_key_moment = models.BooleanField(
        _("key moment"), default=False, help_text=_("Stands in the list of key moments at the top.")
    )
    is_pinned = models.BooleanField(_("pinned"), default=False, help_text=_("Stays above all others."))
    correction = models.TextField(
        _("correction"),
        max_length=600,
        blank=True,
        help_text=_("What was wrong in this post and what is right. Stands below it."),
    )
    corrected_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    is_removed = models.BooleanField(_("removed"), default=False)
    is_draft = models.BooleanField(default=False, db_default=False, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["liveblog", "-posted_at"], name="newsroom_post_order"),
            models.Index(fields=["liveblog", "changed_at"], name="newsroom_post_changed"),
        ]

    def __str__(self) -> str:
        return self.headline
