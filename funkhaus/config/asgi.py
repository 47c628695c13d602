"""The ASGI application that the server runs: the edge, with Django behind it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from funkhaus.config.wsgi import application as django

from django.conf import settings  # isort: skip - after the settings are chosen

from funkhaus.cms.content_changes.by_clock import find_next_moment
from funkhaus.cms.content_changes.marker import read_marker
from funkhaus.edge.application import Edge
from funkhaus.edge.body_senders import ask_for_sender
from funkhaus.edge.media import MediaBytes
from funkhaus.edge.page_cache.cache import Keeping
from funkhaus.edge.page_cache.content_state import ContentState
from funkhaus.edge.page_cache.front_caches import FrontCaches
from funkhaus.edge.parent_death import end_with_web_server
from funkhaus.intake.services import claim_upload_folder
from funkhaus.kernel.clock import SystemClock
from funkhaus.playback.signing import make_key_ring

end_with_web_server()
claim_upload_folder(Path(settings.FILE_UPLOAD_TEMP_DIR))
_keys = make_key_ring(settings.SECRET_KEY, [str(key) for key in settings.SECRET_KEY_FALLBACKS])
_clock = SystemClock()


def _keep_pages() -> Keeping | None:
    """Follow the changes of the content, and tell the caches in front of them."""
    if not settings.PAGE_CACHE_BYTES:
        return None
    state = ContentState(read_marker, find_next_moment, _clock)
    front = FrontCaches(settings.PURGE) if settings.PURGE else None
    if front:
        state.listen(front.note_change)
        front.start()
    state.start()
    return Keeping(state, settings.PAGE_CACHE_BYTES, urlsplit(settings.PUBLIC_URL).netloc, front)


application = Edge(
    django,
    MediaBytes(Path(settings.ASSET_ROOT), _keys, _clock),
    ask_for_sender,
    pages=_keep_pages(),
)
