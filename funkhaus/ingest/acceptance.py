"""Acceptance of warnings: stores which warnings of an asset an editor has accepted, who did it and when."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from funkhaus.ingest.models import Asset
from funkhaus.ingest.reasons.findings import name_finding


@transaction.atomic
def accept_findings(*, asset_id: int, names: Iterable[str], user_id: int | None) -> int:
    """Store that the user accepts the warnings of these names (`Notice.name`); return how many are newly accepted.

    Only what was shown is accepted: a warning that came meanwhile, or whose figures changed, has another name and stays
    open. Raises `Asset.DoesNotExist`.
    """
    asset = Asset.objects.select_for_update().get(pk=asset_id)
    found = {name_finding(finding) for finding in asset.findings}
    fresh = (found & set(names)) - set(asset.accepted_findings)
    if fresh:
        asset.accepted_findings = sorted((found & set(asset.accepted_findings)) | fresh)
        asset.accepted_at, asset.accepted_by_id = timezone.now(), user_id
        asset.is_held = asset.needs_look
        asset.save(update_fields=["is_held", "accepted_findings", "accepted_at", "accepted_by"])
    return len(fresh)
