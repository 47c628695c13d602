"""Static files: hashed names for everything, compressed copies for what the public pages use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("ui/", "theme/", "kids/", "playback/", "syndication/", "newsroom/", "vendor/")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Compress our own files only: Wagtail's 1,250 would take half a minute at every set-up."""

    manifest_strict = True
    # Our own modules name each other by hashed addresses too; Wagtail's scripts are left as they are.
    patterns = (
        *HashedFilesMixin.patterns,
        ("playback/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1]),  # type: ignore[attr-defined]  # noqa: SLF001
    )

    def compress_files(self, paths: Any) -> Iterator[Any]:
        """Write `.gz` and `.br` beside the files of `OURS`."""
        yield from super().compress_files([name for name in paths if name.startswith(OURS)])
