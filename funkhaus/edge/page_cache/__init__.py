"""The page cache: ready pages, answered without Django; see docs/mechanisms/page-cache.md."""
