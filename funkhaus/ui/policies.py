"""Content security policies of public pages (CSP level 3): our own files only, and which sites may frame them."""

from __future__ import annotations

_OWN_FILES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; "
)
PUBLIC_POLICY = _OWN_FILES + "frame-ancestors 'self'"
# The embed page alone: it is made to stand in other people's pages.
FRAMED_POLICY = _OWN_FILES + "frame-ancestors *"
