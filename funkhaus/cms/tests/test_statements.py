"""Which statements readers can see the effect of."""

from __future__ import annotations

import pytest

from funkhaus.cms.content_changes.statements import changes_content


@pytest.mark.parametrize(
    ("sql", "counts"),
    [
        ('SELECT "mediathek_video"."id" FROM "mediathek_video"', False),
        ('INSERT INTO "mediathek_video" ("title") VALUES (%s)', True),
        ('INSERT OR IGNORE INTO "mediathek_video_genres" ("video_id") VALUES (%s)', True),
        ('UPDATE "mediathek_video" SET "title" = %s WHERE "mediathek_video"."id" = %s', True),
        ('UPDATE "mediathek_video" SET "latest_revision_id" = %s WHERE "mediathek_video"."live" = %s', False),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "has_unpublished_changes" = %s WHERE "id" = 1', False),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "live" = %s WHERE "id" = 1', True),
        ("UPDATE wagtailcore_page SET url_path = %s WHERE path LIKE %s", True),
        ('DELETE FROM "newsroom_withdrawal" WHERE "id" IN (%s)', True),
        ('DELETE FROM "django_session" WHERE "expire_date" < %s', False),
        ('UPDATE "ingest_job" SET "heartbeat_at" = %s WHERE "id" = %s', False),
        ('INSERT INTO "cms_contentchange" ("noted_at") VALUES (%s)', False),
        ('INSERT INTO "somebodys_new_table" ("a") VALUES (%s)', True),
        ("SAVEPOINT s1", False),
        ("", False),
    ],
)
def test_what_counts(sql: str, counts: bool) -> None:
    assert changes_content(sql) is counts
