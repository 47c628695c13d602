"""Services that make what has to exist before the first request."""

from funkhaus.portal.services.address_spelling import spell_addresses_out
from funkhaus.portal.services.roles import ensure_groups
from funkhaus.portal.services.site import ensure_site

__all__ = ["ensure_groups", "ensure_site", "spell_addresses_out"]
