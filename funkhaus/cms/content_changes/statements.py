"""Tells which SQL statements change what readers see. Pure.

Whatever is not known to be without effect counts as a change: a table that nobody thought of costs renderings, and
never leaves an old page standing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Tables by the beginnings of their names: accounts, drafts and who works on them, the desk's own search.
PRIVATE: Final = (
    *("accounts_", "auth_", "django_", "wagtailadmin_", "wagtailsearch_", "wagtailusers_", "sqlite_"),
    *("wagtailcore_apitoken", "wagtailcore_comment", "wagtailcore_group", "wagtailcore_modellogentry"),
    *("wagtailcore_pagelogentry", "wagtailcore_pagesubscription", "wagtailcore_referenceindex"),
    *("wagtailcore_revision", "wagtailcore_task", "wagtailcore_uploadedfile", "wagtailcore_workflow"),
    *("cms_contentchange", "ingest_job", "ingest_upload", "newsroom_approvaltask"),
    "ingest_rendition",  # the sizes of a file, for players; a job that changes them ends with a state of the file
)
NEW_UNSEEN: Final = ("ingest_asset",)  # a file that has just been taken in: pages show what refers to it
# Columns in which Wagtail notes that there is a draft, and who has locked it; of a file, what stands on no page.
NOTES: Final = {
    *("latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "draft_title"),
    *("locked", "locked_at", "locked_by_id"),
    *("is_checked", "storyboard"),
}
_WRITE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+"?(\w+)"?', re.IGNORECASE)
_SET = re.compile(r'"(\w+)" = ')
_ENDS = (" WHERE ", " RETURNING ")


@lru_cache(maxsize=2048)  # Django writes the same few hundred statements, with placeholders for values
def changes_content(sql: str) -> bool:
    """Tell whether a statement can change what readers see."""
    found = _WRITE.match(sql)
    if found is None:
        return False
    if found[1].lower().startswith(PRIVATE):
        return False
    verb = sql.lstrip()[:6].upper()
    if verb != "UPDATE":
        return not (verb == "INSERT" and found[1].lower() in NEW_UNSEEN)
    assigned = sql[found.end() :]
    for end in _ENDS:
        assigned = assigned.split(end, 1)[0]
    columns = set(_SET.findall(assigned))
    return not columns or not columns <= NOTES
