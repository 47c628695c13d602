"""Storage of static files: hashed names for all, compressed copies of those that public pages use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("ui/", "theme/", "kids/", "playback/", "syndication/", "newsroom/", "vendor/")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Compresses our own files only: Wagtail's 1,250 would take half a minute at every set-up."""

    manifest_strict = True
    # Our own modules import each other by hashed addresses too; Wagtail's scripts are left as they are. Django has the
    # pattern under a private name only.
    patterns = (
        *HashedFilesMixin.patterns,
        ("playback/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1]),  # type: ignore[attr-defined]  # noqa: SLF001
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        """Return the address of a file, looked up once per process, since files change at set-up only."""
        if force or name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]

    def compress_files(self, paths: Any) -> Iterator[Any]:
        """Write `.gz` and `.br` beside the files of `OURS`."""
        yield from super().compress_files([name for name in paths if name.startswith(OURS)])
