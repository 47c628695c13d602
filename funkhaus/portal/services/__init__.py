"""What must exist before anybody comes, and the demo."""

from funkhaus.portal.services.site import ensure_groups, ensure_site

__all__ = ["ensure_groups", "ensure_site"]
