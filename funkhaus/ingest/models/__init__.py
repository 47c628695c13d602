"""Models of ingest: assets with their renditions and text tracks, jobs, uploads."""

from funkhaus.ingest.models.asset import (
    ENDED_BADLY,
    PLAYABLE_STATES,
    Asset,
    AssetState,
    Rendition,
    RenditionKind,
    TextTrack,
    TextTrackKind,
    TextTrackOrigin,
)
from funkhaus.ingest.models.job import Job, JobPriority, JobStage, JobState
from funkhaus.ingest.models.upload import Upload, UploadState

__all__ = [
    "ENDED_BADLY",
    "PLAYABLE_STATES",
    "Asset",
    "AssetState",
    "Job",
    "JobPriority",
    "JobStage",
    "JobState",
    "Rendition",
    "RenditionKind",
    "TextTrack",
    "TextTrackKind",
    "TextTrackOrigin",
    "Upload",
    "UploadState",
]
