"""Pictures, documents and the base class of pages, shared by all packages with editing pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import willow
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from funkhaus.cms.desk_words import read_words
from funkhaus.cms.drafts.copying import DraftCopyForm
from funkhaus.cms.drafts.records import KeptRevisions, RecordPageForm
from funkhaus.cms.page_view_registry import answer_with_page
from funkhaus.cms.picture_files.sizes import PREVIEW, ClosingFilter, MadeFilter, is_heavy, make_sizes
from funkhaus.kernel.slug import make_slug


def _spell(file_name: str) -> str:
    """Return a file's name as words of addresses, with its ending."""
    stem, dot, ending = file_name.rpartition(".")
    return f"{make_slug(stem or ending, fallback='datei')}{dot}{ending.lower()}" if stem else make_slug(file_name)


class Picture(AbstractImage):
    """A picture with caption data. `alt_text` describes it to those who do not see it."""

    alt_text = models.CharField(
        _("alternative text"),
        max_length=400,
        help_text=_("What can be seen, in one sentence, for people who do not see the picture."),
    )
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Source or photographer."))
    taken_on = models.DateField(_("date of the photo"), null=True, blank=True)
    is_archive = models.BooleanField(_("archive picture"), default=False)

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        *(name for name in Image.admin_form_fields if name != "description"),
        "alt_text",
        "caption",
        "credit",
        "taken_on",
        "is_archive",
    )
    search_fields: ClassVar[list[Any]] = [
        *AbstractImage.search_fields,
        *(
            field(name)
            for name in ("alt_text", "caption", "credit")
            for field in (index.SearchField, index.AutocompleteField)
        ),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:
        """Return the path of the file: its name as in addresses, German spelled out."""
        path: str = super().get_upload_to(_spell(filename))
        return path

    @property
    def default_alt_text(self) -> str:
        """Return the alternative text for Wagtail's own image tags."""
        return self.alt_text

    def create_renditions(self, *filters: Any) -> Any:
        """Make several sizes; those of a large picture in one process, which decodes it once."""
        self._made = make_sizes(self, filters) if filters and is_heavy(self.width, self.height, self.file.name) else {}
        try:
            return super().create_renditions(*filters)
        finally:
            self._made = {}

    @contextmanager
    def get_willow_image(self) -> Iterator[Any]:
        """Yield the picture for Willow; of a large one a smaller copy, so that it is never decoded in this process."""
        if is_heavy(self.width, self.height, self.file.name):
            made = make_sizes(self, [Filter(PREVIEW)])[PREVIEW]
            yield willow.Image.open(BytesIO(made.content))
            return
        with super().get_willow_image() as picture:
            yield picture

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile[bytes]:  # noqa: A002 - Wagtail's name
        """Return one size, made in memory: Wagtail's temporary file would stay open until it is collected."""
        if is_heavy(self.width, self.height, self.file.name):
            made = getattr(self, "_made", {}).get(filter.spec) or make_sizes(self, [filter])[filter.spec]
            filter = MadeFilter(filter, made)  # noqa: A001 - Wagtail's name
        else:
            filter = ClosingFilter(filter)  # noqa: A001 - Wagtail's name
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)


class PictureRendition(AbstractRendition):
    """One size of a picture, made on demand and stored."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="cms_rendition_unique"),
        ]


class Attachment(AbstractDocument):
    """A document to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **options: Any) -> None:
        """Store the document; a new file gets a name as in addresses."""
        if self.file and not self.file._committed:  # noqa: SLF001 - Django's own mark of a file that is new
            self.file.name = _spell(Path(self.file.name).name)
        super().save(*args, **options)


class PortalPage(KeptRevisions, Page):
    """The base class of all our pages.

    It is abstract, since a concrete base page cannot be changed later (docs/decisions).
    """

    show_in_menus_default = True
    is_upper: ClassVar[bool] = True
    """Whether pages of this type are in the navigation (`cms.site_tree`); types with thousands of pages are not."""

    desk_fields: ClassVar[tuple[str, ...]] = ("title", "slug", "seo_title", "search_description")
    """The fields by whose words editors find the page."""
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("desk_words"),
        index.AutocompleteField("desk_words"),  # Wagtail's desk searches by beginnings of words, in these alone
    ]
    base_form_class: ClassVar[Any] = RecordPageForm
    copy_form_class: ClassVar[Any] = DraftCopyForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["go_live_at", "expire_at", "expired"]

    settings_panels = [*Page.settings_panels]
    promote_panels = [
        FieldPanel("slug"),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        FieldPanel("show_in_menus"),
    ]

    class Meta:
        abstract = True

    def desk_words(self) -> str:
        """Return the words by which editors find the page."""
        return read_words(self, self.desk_fields)

    def full_clean(self, *args: Any, **options: Any) -> None:
        """Check the page; its address is of plain letters, as those of videos are: «ü» is spelled «ue»."""
        slug: str = self.slug  # type: ignore[has-type]  # mypy loses Wagtail's field in the abstract base
        if slug and not slug.isascii():
            self.slug = make_slug(slug, fallback="seite")
        super().full_clean(*args, **options)

    def _get_autogenerated_slug(self, base_slug: str) -> str:  # Wagtail's, for a page without a slug
        slug: str = super()._get_autogenerated_slug(make_slug(base_slug, fallback="seite"))
        return slug

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Return the page's response, made by the view that its package has registered."""
        return answer_with_page(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002 - Wagtail's signature
        """Return the draft as its public page would be, for the editor alone."""
        response: HttpResponse = self.serve(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def get_route_paths(self) -> list[str]:
        """Return the paths for which a change of the address makes redirects; none for what was never public.

        A redirect from the former address of a draft would name the present one to anybody.
        """
        paths: list[str] = super().get_route_paths()
        return paths if self.first_published_at is not None else []

    def serve_password_required_response(self, *_request_form_address: Any) -> HttpResponse:
        """Refuse a page that an older version has closed by a shared password, which is not offered any more."""
        raise PermissionDenied

    def get_view_restrictions(self) -> Any:
        """Return Wagtail's privacy settings for this page; runs no query where the page was loaded as having none."""
        if getattr(self, "has_restrictions", None) is False:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()


class ContentChange(models.Model):
    """A committed change that readers can see; `content_changes` writes and reads the rows."""

    noted_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.noted_at}"
