"""Permissions that the services of the Mediathek check, in Django's notation."""

from __future__ import annotations

from typing import Final

ADD: Final = "mediathek.add_video"
CHANGE: Final = "mediathek.change_video"
PUBLISH: Final = "mediathek.publish_video"
RATE: Final = "mediathek.rate_video"
TAKE_DOWN: Final = "mediathek.take_down_video"
RELEASE: Final = "mediathek.release_video"  # what others have taken down
