"""The areas of the site: the prefixes of their addresses, each defined once. Pure.

Every prefix begins and ends with a slash. Public pages that have a language exist below /en/ as well.
"""

from __future__ import annotations

from typing import Final

EDITING: Final = "/redaktion/"
LOGIN: Final = EDITING + "login/"
SECOND_FACTOR: Final = EDITING + "zweiter-faktor/"
INTERFACES: Final = "/api/"
UPLOADS: Final = INTERFACES + "uploads/"
PLAYBACK: Final = INTERFACES + "playback/"
SIGNED_MEDIA: Final = "/m/"  # media bytes below a signature, which Django never sees
PLAIN_MEDIA: Final = "/medien/"  # redirects players without script to the signed address of a file
POSTERS: Final = "/poster/"
FILES: Final = "/files/"  # pictures of the newsroom
DOCUMENTS: Final = "/dokumente/"
KIDS: Final = "/kinder/"
HEALTH: Final = "/health/"


def write_route(prefix: str) -> str:
    """Return a prefix as Django's `path` needs it: without the leading slash."""
    return prefix.removeprefix("/")
