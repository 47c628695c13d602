"""What an editor may say of an upload, and who is offered which way to send it."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Job
from funkhaus.mediathek.models import Video

UPLOAD = "/redaktion/mediathek/hochladen/"


def media(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"not really a film", content_type="video/mp4")


def test_what_is_urgent_comes_first_and_is_published_by_itself(editor: Client) -> None:
    editor.post(UPLOAD, {"file": media("eilig.mp4"), "priority": "news", "publish": "on"})
    editor.post(UPLOAD, {"file": media("ruhig.mp4")})
    urgent, calm = Job.objects.order_by("pk")
    assert urgent.priority > calm.priority
    wished = Video.objects.filter(versions__publish_wished_at__isnull=False)
    assert [video.title for video in wished] == ["Eilig"]


def test_who_may_not_publish_is_not_asked(editor: Client) -> None:
    user = User.objects.get()
    user.user_permissions.remove(Permission.objects.get(codename="publish_video"))
    assert 'name="publish"' not in editor.get(UPLOAD).content.decode()
    editor.post(UPLOAD, {"file": media("film.mp4"), "publish": "on"})
    assert not Video.objects.filter(versions__publish_wished_at__isnull=False).exists()


def test_several_files_at_once_are_for_those_who_may_use_the_interface(editor: Client) -> None:
    assert "<fh-uploads" in editor.get(UPLOAD).content.decode()
    video = Video.objects.create(title="Film", slug="film")
    replace = f"/redaktion/mediathek/videos/{video.pk}/datei-ersetzen/"
    assert f'data-video="{video.public_id}"' in editor.get(replace).content.decode()
    User.objects.get().user_permissions.remove(Permission.objects.get(codename="add_video"))
    page = editor.get(replace).content.decode()
    assert "<fh-uploads" not in page
    assert 'enctype="multipart/form-data"' in page
