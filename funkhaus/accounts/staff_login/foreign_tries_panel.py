"""A panel on the start page of the editing pages: what others have tried with one's own account since the login."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from wagtail.admin.ui.components import Component

from funkhaus.accounts.login_attempts import find_foreign_tries
from funkhaus.accounts.staff_login.after_login import describe_foreign_tries


class ForeignTriesPanel(Component):
    """Shows wrong passwords and codes to whoever is logged in; empty when there are none."""

    name = "foreign-tries"
    order = 5

    def render_html(self, parent_context: Any = None) -> str:
        """Return the sentences as HTML, or an empty string."""
        account = parent_context["request"].user
        said = describe_foreign_tries(find_foreign_tries(account))
        if not said:
            return ""
        rows = format_html_join("", "<p>{}</p>", ((text,) for text in said))
        return format_html('<section class="help-block help-warning" role="status">{}</section>', rows)
