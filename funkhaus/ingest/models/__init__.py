"""What ingest stores."""

from funkhaus.ingest.models.asset import Asset, AssetState, Rendition, RenditionKind, TextTrack, TextTrackKind
from funkhaus.ingest.models.job import Job, JobState

__all__ = [
    "Asset",
    "AssetState",
    "Job",
    "JobState",
    "Rendition",
    "RenditionKind",
    "TextTrack",
    "TextTrackKind",
]
