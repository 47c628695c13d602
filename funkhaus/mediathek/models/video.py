"""Models of the catalogue's works: the video, its versions and their chapters."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from funkhaus.cms.page_view_registry import answer_with_page
from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.public_id import new_public_id
from funkhaus.mediathek.errors import PublicationHeld
from funkhaus.mediathek.models.take_down import TakeDown
from funkhaus.mediathek.models.video_draft import VideoDraft


class VideoKind(models.TextChoices):
    """The kinds of works."""

    EPISODE = "episode", _("episode")
    FILM = "film", _("film")
    CLIP = "clip", _("clip")
    AUDIO = "audio", _("audio")


class RatingChoice(models.TextChoices):
    """The kernel's age ratings as form choices."""

    ALL = AgeRating.ALL.value, _("no age limit (0)")
    SIX = AgeRating.SIX.value, _("from 6")
    TWELVE = AgeRating.TWELVE.value, _("from 12")
    SIXTEEN = AgeRating.SIXTEEN.value, _("from 16")
    EIGHTEEN = AgeRating.EIGHTEEN.value, _("from 18")
    UNRATED = AgeRating.UNRATED.value, _("not rated (counts as 16)")


class RatingReason(models.TextChoices):
    """The main reasons for an age rating, to be named with it (JMStV § 5c (3))."""

    VIOLENCE = "violence", _("violence")
    THREAT = "threat", _("threatening scenes")
    STRONG_LANGUAGE = "strong_language", _("strong language")
    SEXUALITY = "sexuality", _("sexual content")
    DRUGS = "drugs", _("drugs")
    SELF_HARM = "self_harm", _("self-harm")
    DISCRIMINATION = "discrimination", _("discrimination")
    DISTRESS = "distress", _("distressing topics")


def validate_reasons(value: object) -> None:
    """Raise `ValidationError` unless the value is a list of distinct `RatingReason` values.

    Public pages show them, so a typo must not be stored.
    """
    reasons = [str(item) for item in value] if isinstance(value, list) else [""]
    if len(set(reasons)) != len(reasons) or not set(RatingReason.values).issuperset(reasons):
        raise ValidationError(_("These reasons are not known."), code="unknown_reason")


class Video(VideoDraft, DraftStateMixin, PreviewableMixin, RevisionMixin, ClusterableModel):
    """An episode, a film, a clip or an audio item with its own public page."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=VideoKind, default=VideoKind.CLIP)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("name in the address"), max_length=120)
    teaser = models.TextField(_("teaser"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)
    show = models.ForeignKey(
        "mediathek.Show",
        verbose_name=_("show"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="videos",
    )
    season = models.ForeignKey(
        "mediathek.Season",
        verbose_name=_("season"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="videos",
    )
    episode_number = models.PositiveIntegerField(_("episode number"), null=True, blank=True)
    belongs_to = models.ForeignKey(
        "self",
        verbose_name=_("clip of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="clips",
    )
    picture = models.ForeignKey(
        "cms.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    age_rating = models.CharField(
        _("age rating"),
        max_length=8,
        choices=RatingChoice,
        default=RatingChoice.UNRATED,
        db_index=True,
    )
    rating_reasons = models.JSONField(
        _("reasons for the rating"), default=list, blank=True, validators=[validate_reasons]
    )
    is_for_kids = models.BooleanField(_("for children"), default=False)
    hides_preview = models.BooleanField(
        _("hide picture and text"),
        default=False,
        db_default=False,
        help_text=_("Public pages then show the title only: for what already the picture or the text is not for all."),
    )
    genres = ParentalManyToManyField("mediathek.Genre", verbose_name=_("genres"), blank=True, related_name="videos")
    availability_rule = models.ForeignKey(
        "mediathek.AvailabilityRule",
        verbose_name=_("availability rule"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="videos",
        help_text=_("How long this kind of programme may stay online at most. The contract may shorten it."),
    )
    is_embeddable = models.BooleanField(
        _("may be embedded"),
        default=True,
        db_default=True,
        help_text=_("Others may show the player in their pages; the rules of time, place and age hold there too."),
    )
    published_on = models.DateField(_("editorial date"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        permissions: ClassVar[list[Any]] = [("rate_video", "Can decide on age ratings")]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["live", "-first_published_at"], name="mediathek_video_newest"),
            models.Index(fields=["show", "live", "-episode_number"], name="mediathek_video_of_show"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rating(self) -> AgeRating:
        """Return the age rating as a value of the kernel."""
        return AgeRating(self.age_rating)

    def save(self, *args: Any, **options: Any) -> None:
        """Store the video, its parts, the season its draft named, and its windows' ends where its rule changed."""
        is_new, fields = self._state.adding, options.get("update_fields")
        with unit_of_work():
            if not is_new and fields is None:
                self.keep_stored_decision()
            if self.live and fields is None:
                self.make_season()
            super().save(*args, **options)
            if not is_new and (fields is None or "availability_rule" in fields):
                self.end_windows()

    def publish(self, revision: Any, *args: Any, **options: Any) -> Any:
        """Publish a revision; Wagtail calls this for every publication.

        Raises `PublicationHeld` for what was taken down, and for a draft with warnings that no editor has accepted.
        """
        with unit_of_work():
            self.keep_stored_decision()  # a take-down locks the row too: it is seen here, or sees what is published
            if TakeDown.objects.filter(video=self.pk).exists():
                raise PublicationHeld(self, [gettext("It was taken down: it has to be released first.")])
            version = self.versions.originals().select_related("asset").first()
            if not self.live and version is not None and version.asset is not None and version.asset.needs_look:
                told = gettext("The media file has warnings: look at them and accept them first.")
                raise PublicationHeld(self, [told])
            return super().publish(revision, *args, **options)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Return Wagtail's default mode for a stored video; none before, since versions and page need its key."""
        return list(PreviewableMixin.DEFAULT_PREVIEW_MODES) if self.pk else []

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002 - Wagtail's signature
        """Return the public page rendered with the unsaved values."""
        return answer_with_page(request, self)


class VersionKind(models.TextChoices):
    """The kinds of versions of a work."""

    ORIGINAL = "original", _("original")
    AUDIO_DESCRIPTION = "audio_description", _("audio description")
    SIGN_LANGUAGE = "sign_language", _("sign language")
    CLEAR_SPEECH = "clear_speech", _("clear speech")
    EASY_LANGUAGE = "easy_language", _("easy language")
    ORIGINAL_LANGUAGE = "original_language", _("original language")

    @classmethod
    def list_further(cls) -> list[tuple[str, Any]]:
        """Return the kinds that a work may have beside its original, as form choices."""
        return [(kind.value, kind.label) for kind in cls if kind is not cls.ORIGINAL]


class VersionQuerySet(models.QuerySet["Version"]):
    """A queryset of versions, with filters by their kind."""

    def originals(self) -> Self:
        """Return the original version of each work, the one that plays by default; at most one for each.

        It agrees with `playable.originals.original_of` for loaded versions: the lowest key of its kind. As a value that
        is looked up for each row, not as NOT EXISTS: with statistics older than the rows, PostgreSQL joins that inside
        a list of works as three nested loops over all versions.
        """
        alike = Version.objects.filter(video=OuterRef("video"), kind=VersionKind.ORIGINAL)
        return self.filter(kind=VersionKind.ORIGINAL, pk=Subquery(alike.order_by("pk").values("pk")[:1]))

    def further(self) -> Self:
        """Return the versions of all other kinds."""
        return self.exclude(kind=VersionKind.ORIGINAL)


class Version(models.Model):
    """One version of a work with its media file; the one of kind `original` plays by default."""

    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="versions")
    kind = models.CharField(_("kind"), max_length=20, choices=VersionKind, default=VersionKind.ORIGINAL)
    language = models.CharField(_("language"), max_length=35, default="de", help_text="BCP 47")
    asset = models.ForeignKey(
        "ingest.Asset",
        verbose_name=_("media file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
    )
    next_asset = models.ForeignKey(
        "ingest.Asset",
        verbose_name=_("next media file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="next_versions",
        help_text=_("Takes the place of the media file as soon as it plays."),
    )
    publish_wished_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when the video is to be published as soon as this version plays."
    )
    publish_wished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a video", "version")
        verbose_name_plural = _("versions")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["video", "kind", "language"], name="mediathek_version_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

    @property
    def is_original(self) -> bool:
        """Return True for the original, which can be replaced but not removed."""
        return self.kind == VersionKind.ORIGINAL


class Chapter(models.Model):
    """A titled point in a version's timeline, in milliseconds from its start."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="chapters")
    starts_at_ms = models.PositiveBigIntegerField(_("start"))
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering: ClassVar[list[str]] = ["version", "starts_at_ms"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["version", "starts_at_ms"], name="mediathek_chapter_start_unique"),
        ]

    def __str__(self) -> str:
        return self.title
