"""The whole site as set-up makes it, for tests of packages below the one that makes it."""

from funkhaus.portal.services import ensure_groups, ensure_site

__all__ = ["ensure_groups", "ensure_site"]
