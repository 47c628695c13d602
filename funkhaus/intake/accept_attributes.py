"""Values of the attribute `accept` (HTML) for the file fields of forms, from the table of formats that are read."""

from __future__ import annotations

from typing import Final

from funkhaus.ingest.selectors.accepted_formats import MEDIA_ENDINGS, SUBTITLE_ENDINGS

MEDIA_ACCEPT: Final = ",".join(["video/*", "audio/*", *sorted(MEDIA_ENDINGS)])
SUBTITLE_ACCEPT: Final = ",".join(sorted(SUBTITLE_ENDINGS))
