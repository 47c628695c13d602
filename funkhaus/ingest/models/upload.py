"""A resumable upload: who sends what. How far it is, the file on disk tells (`intake.tus.storage`)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from funkhaus.ingest.models.asset import Asset
from funkhaus.kernel.public_id import new_asset_key


class UploadState(models.TextChoices):
    """Where an upload stands. People read other words: they see how far it is, too."""

    OPEN = "open"  # bytes are missing, or what they become is not made yet
    STORED = "stored"
    REFUSED = "refused"


class Upload(models.Model):
    """An upload by the tus protocol. `key` is its address and the name of its folder; only its owner may know it."""

    key = models.CharField(max_length=26, unique=True, default=new_asset_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.OPEN, db_index=True)
    length_bytes = models.BigIntegerField(null=True, blank=True, help_text="Empty: declared later.")
    metadata = models.TextField(blank=True, help_text="As sent: names with base64 values.")
    is_partial = models.BooleanField(default=False, help_text="A part of another upload, never a file of its own.")
    parts = models.TextField(blank=True, help_text="Keys of the uploads that it is joined from, with spaces.")
    is_joined = models.BooleanField(default=True, help_text="False: the bytes of the parts are not here yet.")
    joined_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="joins")
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    error = models.TextField(blank=True, help_text="Why it was refused, for the owner.")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True, help_text="Removed afterwards, with its file.")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["owner", "state"], name="ingest_upload_owner")]

    def __str__(self) -> str:
        return self.key
