"""The editing pages of availability rules."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from funkhaus.mediathek.models import AvailabilityRule
from funkhaus.mediathek.services import apply_rule


class RuleForm(WagtailAdminModelForm):
    """The form of a rule with its terms; a change is applied to existing windows at once."""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Store the rule and apply it."""
        rule = super().save(commit=commit)
        if commit and rule.pk:
            apply_rule(rule_id=rule.pk, by=self.for_user)
        return rule


RULE_PANEL = ObjectList(
    [
        FieldPanel("name"),
        InlinePanel(
            "terms",
            heading=pgettext_lazy("availability", "Terms"),
            label=_("term"),
            help_text=_(
                "Months and days from the start of the availability; 0 and 0: without limit. Where several hold, the "
                "shortest counts. A change counts at once for every video of this kind."
            ),
            panels=[
                FieldRowPanel([FieldPanel("months"), FieldPanel("days")]),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
                FieldPanel("basis"),
            ],
        ),
    ],
    base_form_class=RuleForm,
)


class RuleViewSet(SnippetViewSet):
    """The editing pages of rules that limit how long a kind of programme may stay online."""

    model = AvailabilityRule
    icon = "date"
    menu_label = _("Availability rules")
    url_prefix = "mediathek/verweildauer"
    edit_handler = RULE_PANEL
    list_display = ["name", Column("count", label=_("Videos"), accessor="video_count")]
    search_fields = ("name",)
    search_backend_name = None
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AvailabilityRule]:  # noqa: ARG002
        """Return the rules with the number of their videos."""
        return AvailabilityRule.objects.annotate(video_count=Count("videos")).order_by("name")
