"""Models of an asset: a media file that came in, its renditions and its text tracks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funkhaus.ingest.package.layout import name_text_playlist
from funkhaus.ingest.reasons.findings import is_grave, list_open
from funkhaus.ingest.reasons.messages import describe_reason
from funkhaus.kernel.public_id import new_asset_key

# During a migration the last release, which does not know a new column, still writes rows: hence `db_default`.
EMPTY_LIST = models.Value([], output_field=models.JSONField())


class AssetState(models.TextChoices):
    """The state of an asset; the command `funkhaus ingest` prints the same values."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being prepared")
    PLAYABLE = "playable", _("playable, further sizes follow")
    READY = "ready", _("ready")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


# The states in which a player gets something; lists, pages, the playback decision and the desk all read them here.
PLAYABLE_STATES = (AssetState.PLAYABLE, AssetState.READY)
ENDED_BADLY = (AssetState.REFUSED, AssetState.FAILED)  # nothing more happens until somebody decides


class Asset(models.Model):
    """A source file with its analysis; the files for players lie in the folder named by `key`."""

    key = models.CharField(max_length=26, unique=True, default=new_asset_key, editable=False)
    original_name = models.CharField(_("file name"), max_length=255)
    original = models.CharField(max_length=60, blank=True, help_text="Name below ORIGINAL_ROOT.")
    size_bytes = models.BigIntegerField(default=0)
    fingerprint = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        db_index=True,
        editable=False,
        help_text="SHA-256 of size and samples of the bytes (`package.fingerprint`), to recognize the same file.",
    )
    state = models.CharField(_("state"), max_length=10, choices=AssetState, default=AssetState.QUEUED, db_index=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_facts = models.JSONField(default=dict, blank=True)
    findings = models.JSONField(default=list, blank=True, help_text="Warnings: pairs of code and facts.")
    probe = models.JSONField(default=dict, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    has_video = models.BooleanField(default=False)
    has_audio = models.BooleanField(default=False)
    poster = models.CharField(max_length=60, blank=True, help_text="File name inside the asset's folder.")
    poster_at_ms = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The frame that an editor chose for the poster; empty: ours to choose."
    )
    storyboard = models.CharField(max_length=60, blank=True)
    waveform = models.CharField(
        max_length=60, blank=True, db_default="", help_text="File name inside the asset's folder."
    )
    accepted_findings = models.JSONField(
        default=list,
        db_default=EMPTY_LIST,
        blank=True,
        help_text="Names (`findings.name_finding`) of the warnings that an editor has looked at and accepted.",
    )
    is_held = models.BooleanField(
        default=False, db_default=False, help_text="What `needs_look` says, written with every warning: for lists."
    )
    is_checked = models.BooleanField(
        default=False, db_default=False, help_text="What plays was decoded and held against the source."
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(
        null=True, blank=True, db_index=True, help_text="Since when nothing plays it any more; removed some time later."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["id"], condition=models.Q(is_held=True), name="ingest_asset_held"),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def error(self) -> str:
        """Return the reason of refusal or failure in the active language; empty where there is none."""
        return describe_reason(self.error_code, self.error_facts) if self.error_code else ""

    @property
    def warnings(self) -> list[str]:
        """Return the warnings for editors in the active language."""
        return [describe_reason(code, facts) for code, facts in self.findings]

    @property
    def needs_look(self) -> bool:
        """Tell whether a grave warning is not accepted yet: then the public must not see the asset."""
        return any(is_grave(finding) for finding in list_open(self.findings, self.accepted_findings))

    @property
    def folder(self) -> Path:
        """Return the folder of the files for players."""
        return Path(settings.ASSET_ROOT) / self.key

    @property
    def original_path(self) -> Path:
        """Return the path of the source file."""
        return Path(settings.ORIGINAL_ROOT) / self.original

    @property
    def is_playable(self) -> bool:
        """Tell whether players can play the asset, in at least one size."""
        return self.state in PLAYABLE_STATES


class RenditionKind(models.TextChoices):
    """The kind of a rendition's stream."""

    VIDEO = "video", _("video")
    AUDIO = "audio", pgettext_lazy("kind of file", "audio")
    AUDIO_DESCRIPTION = "audio_description", _("audio description")


class Rendition(models.Model):
    """One rung of the ladder or one sound track: a playlist and the file whose byte ranges it lists."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=20, choices=RenditionKind)
    name = models.CharField(max_length=40)
    playlist = models.CharField(max_length=120, help_text="Path below the asset's folder.")
    codecs = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47")
    label = models.CharField(
        max_length=80, blank=True, db_default="", help_text="What a list of sound tracks calls it."
    )
    is_default = models.BooleanField(
        default=False, db_default=False, help_text="The sound that plays unless another is chosen."
    )
    is_copy = models.BooleanField(
        default=False, db_default=False, help_text="The source's own stream, not encoded anew."
    )
    loudness_lufs = models.FloatField(null=True, blank=True, help_text="Measured in the source, EBU R 128.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    frame_rate = models.FloatField(null=True, blank=True)
    peak_bits_per_s = models.PositiveBigIntegerField(default=0)
    average_bits_per_s = models.PositiveBigIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    is_complete = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["asset", "name"], name="ingest_rendition_name_unique"),
        ]
        ordering: ClassVar[list[str]] = ["peak_bits_per_s", "name"]

    def __str__(self) -> str:
        return self.name


class TextTrackKind(models.TextChoices):
    """The kind of a text track, after the `kind` of `track` in the HTML standard."""

    SUBTITLES = "subtitles", _("subtitles")
    CAPTIONS = "captions", _("subtitles for the hard of hearing")
    CHAPTERS = "chapters", _("chapters")
    DESCRIPTIONS = "descriptions", _("descriptions")


class TextTrackOrigin(models.TextChoices):
    """The origin of a text track."""

    UPLOADED = "uploaded", _("uploaded")
    EMBEDDED = "embedded", _("from the media file")
    EDITED = "edited", _("edited here")


class TextTrack(models.Model):
    """A WebVTT file that belongs to the asset."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="text_tracks")
    kind = models.CharField(_("kind"), max_length=20, choices=TextTrackKind, default=TextTrackKind.SUBTITLES)
    language = models.CharField(_("language"), max_length=35, default="de", help_text="BCP 47")
    label = models.CharField(pgettext_lazy("text track", "label"), max_length=80, blank=True)
    file_name = models.CharField(max_length=80, help_text="Name inside the asset's folder.")
    origin = models.CharField(
        max_length=10, choices=TextTrackOrigin, default=TextTrackOrigin.UPLOADED, db_default="uploaded"
    )
    encoding = models.CharField(
        max_length=20,
        default="",
        db_default="",
        blank=True,
        help_text="The code page in which the uploaded file was read, where it was guessed or chosen.",
    )
    changed_at = models.DateTimeField(auto_now=True, null=True)
    former_files = models.JSONField(
        default=list,
        db_default=EMPTY_LIST,
        blank=True,
        help_text="Names of files that this one replaced: kept for those who are still watching, removed by and by.",
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["asset", "kind", "language"], name="ingest_text_track_unique"),
        ]
        ordering: ClassVar[list[str]] = ["kind", "language"]

    def __str__(self) -> str:
        return f"{self.language} {self.kind}"

    def list_files(self) -> set[str]:
        """Return the names of all files of the track: texts and their playlists, replaced ones included."""
        texts = [self.file_name, *self.former_files]
        return {*texts, *(name_text_playlist(name) for name in texts)}
