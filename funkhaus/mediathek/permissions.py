"""The permissions that the Mediathek's acts ask for, as Django names them."""

from __future__ import annotations

from typing import Final

ADD: Final = "mediathek.add_video"
CHANGE: Final = "mediathek.change_video"
PUBLISH: Final = "mediathek.publish_video"
