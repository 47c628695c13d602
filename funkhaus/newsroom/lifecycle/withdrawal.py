"""Services that withdraw a page from the public and lift the withdrawal."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.newsroom.models import Withdrawal
from funkhaus.newsroom.models.withdrawal import WithdrawalReason


@unit_of_work()
def withdraw_page(*, page: Page, reason: str, note: str, user: Any) -> Withdrawal:
    """Withdraw a page at once: it answers 410 with the reason until this is lifted, whatever is published meanwhile."""
    page = Page.objects.get(pk=page.pk).specific  # as stored: the caller's instance may be older
    made, _is_new = Withdrawal.objects.update_or_create(
        page=page,
        lifted_at=None,
        defaults={"url_path": page.url_path, "reason": reason, "note": note, "withdrawn_by": user},
    )
    log(page, "newsroom.withdraw", user=user, data={"reason": reason})
    page.unpublish(user=user)
    return made


@transaction.atomic
def lift_withdrawal(*, page: Page, user: Any) -> None:
    """Lift the withdrawal. The page stays a draft until somebody publishes it."""
    count = Withdrawal.objects.filter(page_id=page.pk, lifted_at=None).update(lifted_at=timezone.now())
    if count:
        log(page.specific, "newsroom.lift", user=user)


def keep_addresses(*, page: Page) -> None:
    """Store the addresses of a page that is being deleted, so that they answer 410 and not 404."""
    if page.first_published_at is None:
        return
    home = page.url_path.split("/")[1]
    moved = Redirect.objects.filter(redirect_page_id=page.pk).values_list("old_path", flat=True)
    paths = {page.url_path, *(f"/{home}{old.partition('?')[0].rstrip('/')}/" for old in moved)}
    known = Withdrawal.objects.filter(page_id=page.pk, lifted_at=None).first()
    reason, note = (known.reason, known.note) if known else (WithdrawalReason.DELETED, "")
    Withdrawal.objects.bulk_create(Withdrawal(url_path=path, reason=reason, note=note) for path in sorted(paths))
