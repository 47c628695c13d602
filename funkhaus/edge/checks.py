"""System checks of the edge: `funkhaus check` tries whether the caches in front can be told of a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

from funkhaus.edge.page_cache.front_caches import forget


@register("edge")
def check_front_caches(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Return a warning for each cache that does not do what it is told; the portal starts and serves without it."""
    found: list[CheckMessage] = []
    for address in settings.PURGE:
        try:
            forget(address, "check")  # a key that no page has
        except OSError as error:
            text = (
                f"the cache {address} can't be told that pages have changed ({error}): they are kept for a second only"
            )
            hint = "See deploy/varnish/funkhaus.vcl: it must know BAN, and take it from this machine."
            found.append(CheckWarning(text, hint=hint, id="edge.W001"))
    return found
