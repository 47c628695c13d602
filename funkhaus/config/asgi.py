"""The ASGI application that the server runs: the edge, with Django behind it."""

from __future__ import annotations

from pathlib import Path

from funkhaus.config.wsgi import application as django

from django.conf import settings  # isort: skip - after the settings are chosen

from funkhaus.cms.content_changes.by_clock import find_next_moment
from funkhaus.cms.content_changes.marker import read_marker
from funkhaus.edge.application import Edge
from funkhaus.edge.body_senders import ask_for_sender
from funkhaus.edge.media import MediaBytes
from funkhaus.edge.page_cache.content_state import ContentState
from funkhaus.edge.parent_death import end_with_web_server
from funkhaus.intake.services import claim_upload_folder
from funkhaus.kernel.clock import SystemClock
from funkhaus.playback.signing import make_key_ring

end_with_web_server()
claim_upload_folder(Path(settings.FILE_UPLOAD_TEMP_DIR))
_keys = make_key_ring(settings.SECRET_KEY, [str(key) for key in settings.SECRET_KEY_FALLBACKS])
_clock = SystemClock()
_content = ContentState(read_marker, find_next_moment, _clock)
if settings.PAGE_CACHE_BYTES:
    _content.start()
application = Edge(
    django,
    MediaBytes(Path(settings.ASSET_ROOT), _keys, _clock),
    ask_for_sender,
    content=_content,
    page_bytes=settings.PAGE_CACHE_BYTES,
)
