"""System checks of playback (`funkhaus check`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import maxminddb
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

from funkhaus.kernel.clock import SystemClock
from funkhaus.playback.geoip import CountryDatabase

STALE_DAYS = 180  # addresses move between countries; makers publish a new file every week or month


@register("playback")
def check_places(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Return a warning when the address database cannot be used or is old."""
    if not settings.PLACES:
        return []
    try:
        about = CountryDatabase(Path(settings.PLACES)).describe()
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        text = f"the address database {settings.PLACES} cannot be read ({error}): what is limited to places is refused"
        hint = "Set FUNKHAUS_PLACES to a file in MaxMind's DB format with countries."
        return [CheckWarning(text, hint=hint, id="playback.W001")]
    days = (SystemClock().now().timestamp() - about["built_at"]) / 86_400
    if days <= STALE_DAYS:
        return []
    text = f"the address database {settings.PLACES} ({about['kind']}) is {days:.0f} days old"
    return [
        CheckWarning(text, hint="Ask its maker for a newer one; it may be replaced at any time.", id="playback.W002")
    ]
