"""Mutants that change nothing anybody could see, each with its reason: module and change, as the run prints them."""

from __future__ import annotations

EXPLAINED: dict[tuple[str, str], str] = {
    (
        "funkhaus.protection.rules",
        "local.time() < wall → local.time() <= wall",
    ): "the next opening is asked for while it is closed and the other way round: the two are never equal",
    (
        "funkhaus.mediathek.rules.availability",
        "window.starts_at > now → window.starts_at >= now",
    ): "a window that starts now is running, which was answered before (a window ends after its start)",
    (
        "funkhaus.playback.signing",
        "'ob' → 'obx'",
    ): "a path with another letter was never signed, so that its sum cannot fit either",
    (
        "funkhaus.playback.signing",
        "if cookie is None or not is_cookie_value(cookie): return … → if False: return Check.INVALID",
    ): "a cookie of another shape was never signed; the check spares the sum over what a stranger sends",
}
