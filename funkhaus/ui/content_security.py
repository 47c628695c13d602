"""Content security policies of public pages (CSP level 3): our own files only, and which sites may frame them."""

from __future__ import annotations

_OWN_FILES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; "
)
PUBLIC_POLICY = _OWN_FILES + "frame-ancestors 'self'"
# Only the embed page has it: other sites may frame it.
FRAMED_POLICY = _OWN_FILES + "frame-ancestors *"
