"""Selects the explanation that is shown at the address of a page which is no longer public."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from funkhaus.newsroom.models import Withdrawal
from funkhaus.newsroom.models.withdrawal import WithdrawalReason
from funkhaus.newsroom.rules import PublicState


@dataclass(frozen=True)
class Gone:
    """The reason as a sentence, and the editors' note."""

    reason: str
    note: str = ""


def describe_removed_page(page_id: int, standing: PublicState) -> Gone:
    """Return the explanation for a page that was published and is no longer public."""
    if standing is PublicState.EXPIRED:
        return Gone(_("The time for which we may show this page has ended."))
    if standing is PublicState.WITHDRAWN:
        found = Withdrawal.objects.filter(page_id=page_id, lifted_at=None).first()
        if found is not None:
            return _explain(found)
    return Gone(_("The editors have taken this page down."))


def describe_removed_address(url_path: str) -> Gone | None:
    """Return the explanation for an address whose page was deleted; None where there never was one."""
    found = Withdrawal.objects.filter(url_path=url_path, page=None).order_by("-withdrawn_at").first()
    return _explain(found) if found else None


def _explain(withdrawal: Withdrawal) -> Gone:
    return Gone(_sentence(withdrawal.reason), withdrawal.note)


def _sentence(reason: str) -> str:
    match reason:
        case WithdrawalReason.ERROR:
            return _("We have withdrawn this report because it was wrong.")
        case WithdrawalReason.LEGAL:
            return _("We had to take this page down for legal reasons.")
        case WithdrawalReason.RIGHTS:
            return _("The time for which we may show this page has ended.")
        case WithdrawalReason.PERSONAL:
            return _("We have taken this page down to protect a person.")
        case WithdrawalReason.DELETED:
            return _("This page has been deleted.")
    return _("The editors have taken this page down.")
