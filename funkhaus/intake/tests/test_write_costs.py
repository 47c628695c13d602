"""What an upload and its job cost the database. Counted, so that it cannot grow unseen."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.tests.clips import make_clip
from funkhaus.ingest.worker import Worker
from funkhaus.intake.tests.tus import begin, send
from funkhaus.mediathek.models import Video
from tests.counting import count_queries, describe_queries

UPLOAD = "/redaktion/mediathek/hochladen/"
MOST_OF_AN_UPLOAD, MOST_OF_A_JOB = 40, 150
MOST_A_SECOND = 4  # a worker says every second how far it is, its heart beats, and it asks twice whether it is to stop


def list_lists(seen: list[str]) -> list[str]:
    """The statements that read or write places in lists."""
    return [sql for sql in seen if "mediathek_listing" in sql or "mediathek_titleword" in sql]


def is_by_the_clock(sql: str) -> bool:
    """Whether a worker says or asks this once a second, however much there is to do."""
    beats = sql.startswith('UPDATE "ingest_job" SET "heartbeat_at" = %s WHERE')
    reports = sql.startswith('UPDATE "ingest_job"') and '"progress"' in sql and '"log"' not in sql
    asks = '"is_cancel_asked"' in sql.partition(" WHERE ")[2] or sql.startswith('SELECT "ingest_job"."id" AS "pk"')
    return beats or reports or (sql.startswith("SELECT") and asks)


@pytest.fixture
def sender(transactional_db: None, editor: Client) -> Client:
    """An editor who has uploaded before: what a process asks for once is known."""
    send(editor, begin(editor))
    editor.get(UPLOAD)
    return editor


def test_a_whole_clip_through_the_form_costs_at_most_forty_statements(sender: Client, clip: Path) -> None:
    file = SimpleUploadedFile(clip.name, clip.read_bytes(), content_type="video/mp4")
    with count_queries() as seen:
        response = sender.post(UPLOAD, {"title": "Heute", "kind": "clip", "rating": "0", "file": file})
    assert (response.status_code, Video.objects.count()) == (302, 2)
    assert len(seen) <= MOST_OF_AN_UPLOAD, describe_queries(seen)


def test_a_whole_clip_by_the_resumable_protocol_costs_at_most_forty_statements(sender: Client, clip: Path) -> None:
    body = clip.read_bytes()
    with count_queries() as seen:
        send(sender, begin(sender, len(body)), body)
    assert Video.objects.count() == 2
    assert len(seen) <= MOST_OF_AN_UPLOAD, describe_queries(seen)


@pytest.mark.media
@pytest.mark.parametrize("is_published", [True, False])
def test_the_job_of_a_clip_costs_at_most_a_hundred_and_fifty_statements(
    transactional_db: None, editor: Client, tmp_path: Path, is_published: bool
) -> None:
    """In a draft it changes no list and does not touch any; published by its wish, the video is placed once."""
    body = make_clip(tmp_path / "clip.mp4", size="720x540").read_bytes()
    send(editor, begin(editor, len(body), publish=str(int(is_published)), rating="0"), body)
    began = time.monotonic()
    with count_queries() as seen:
        Worker().run_next()
    spent_s = time.monotonic() - began
    assert Asset.objects.get().state == AssetState.READY
    assert Video.objects.get().live is is_published
    assert any("heartbeat_at" in sql for sql in seen)
    by_the_clock = sum(map(is_by_the_clock, seen))
    assert by_the_clock <= MOST_A_SECOND * (spent_s + 1), describe_queries(seen)
    assert len(seen) - by_the_clock <= MOST_OF_A_JOB, describe_queries(seen)
    written = [sql for sql in seen if sql.startswith("INSERT") and list_lists([sql])]
    assert len(written) == (2 if is_published else 0), written
    assert is_published or not list_lists(seen)
