"""Files of pictures: large ones are decoded in a process of their own, phones' and agencies' formats are taken."""

from __future__ import annotations

import gc
import subprocess
import threading
import warnings
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageFile

from funkhaus.accounts.models import User
from funkhaus.cms import pictures
from funkhaus.cms.models import Picture
from funkhaus.cms.picture_files import sizes
from funkhaus.cms.pictures import Shape, load_images, make_missing_sizes, make_renditions

ADD = "/redaktion/images/add/"
LARGE = (2100, 2000)  # just more than is decoded here


def write_picture(name: str, size: tuple[int, int], **options: Any) -> SimpleUploadedFile:
    """Return a picture that is red at the left and blue at the right, in the format of the name."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    written = BytesIO()
    kind = {"jpg": "JPEG", "tif": "TIFF", "tiff": "TIFF", "heic": "HEIF", "heif": "HEIF"}.get(
        name.rpartition(".")[2], "PNG"
    )
    picture.save(written, kind, **options)
    return SimpleUploadedFile(name, written.getvalue())


def pixel(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    """Return red, green and blue of a pixel."""
    found = picture.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found


def send(client: Client, file: SimpleUploadedFile) -> Any:
    client.force_login(User.objects.filter(username="edda").first() or User.objects.create_superuser("edda"))
    return client.post(ADD, {"title": "Turm", "file": file, "alt_text": "Ein Turm", "credit": "Edda", "collection": 1})


def upload(client: Client, file: SimpleUploadedFile) -> Picture:
    answer = send(client, file)
    assert answer.status_code == 302, answer.content.decode()
    return Picture.objects.get()


@pytest.fixture(autouse=True)
def no_sizes_of_other_tests() -> None:
    """Forget the sizes that Wagtail keeps in the cache: the next test's picture has the same key and bytes."""
    cache.clear()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Collect the sizes of the pictures that this process decodes."""
    seen: list[tuple[int, int]] = []
    load = ImageFile.ImageFile.load

    def note(self: ImageFile.ImageFile) -> Any:
        seen.append(self.size)
        return load(self)

    monkeypatch.setattr(ImageFile.ImageFile, "load", note)
    return seen


@pytest.mark.django_db
def test_a_large_picture_is_never_decoded_in_the_web_process(client: Client, decoded: list[tuple[int, int]]) -> None:
    picture = upload(client, write_picture("gross.png", LARGE))
    assert (picture.width, picture.height) == LARGE
    assert client.get("/redaktion/images/").status_code == 200  # with a thumbnail
    made = make_renditions(picture, [Shape.WIDE])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Wagtail's page leaves its temporary file to the collector
        assert client.get(f"/redaktion/images/{picture.pk}/preview/width-300/").status_code == 200
        gc.collect()
    assert all(width * height <= sizes.LIGHT_PIXELS for width, height in decoded)
    with made[Shape.WIDE.value[0]].file.open() as file, Image.open(file) as shown:
        left, right = pixel(shown, (10, 100)), pixel(shown, (790, 100))
        assert shown.size == (800, 450)
        assert shown.format == "JPEG"
    assert left[0] > 240
    assert left[2] < 20
    assert right[2] > 240
    assert right[0] < 20


@pytest.mark.django_db
def test_a_small_picture_needs_no_process(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", None)
    picture = upload(client, write_picture("klein.png", (900, 600)))
    assert make_renditions(picture, [Shape.WIDE]).keys() == set(Shape.WIDE.value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["handy.heic", "handy.heif", "agentur.tif", "agentur.tiff"])
def test_pictures_of_phones_and_agencies_are_taken_and_shown_as_jpeg_and_webp(client: Client, name: str) -> None:
    picture = upload(client, write_picture(name, (640, 480)))
    made = make_renditions(picture, [Shape.WHOLE])
    formats = []
    for rendition in made.values():
        with rendition.file.open() as file, Image.open(file) as shown:
            formats.append(shown.format)
            assert pixel(shown, (10, 100))[0] > 230
    assert formats == ["JPEG", "WEBP", "WEBP", "WEBP"]
    assert picture.get_rendition("max-165x165").file.name.endswith(".jpg")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "size", "shown_size"), [("hoch.tiff", (640, 480), (300, 400)), ("hoch.jpg", LARGE, (300, 315))]
)
def test_a_picture_is_turned_and_its_place_is_not_published(
    client: Client, name: str, size: tuple[int, int], shown_size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "N"  # a GPS tag
    picture = upload(client, write_picture(name, size, exif=exif))
    rendition = picture.get_rendition("width-300|format-jpeg")
    assert (rendition.width, rendition.height) == shown_size
    with rendition.file.open() as file, Image.open(file) as shown:
        assert dict(shown.getexif()) == {}
        assert pixel(shown, (150, 10))[0] > 230  # what was at the left is above


@pytest.mark.django_db
@pytest.mark.parametrize("size", [(900, 600), LARGE])
def test_a_damaged_picture_is_refused_in_words(client: Client, size: tuple[int, int]) -> None:
    whole = write_picture("bild.png", size).read()
    assert send(client, SimpleUploadedFile("bild.png", whole[: len(whole) // 2])).status_code == 200
    answer = send(client, SimpleUploadedFile("bild.png", whole[: len(whole) // 2])).content.decode()
    assert "beschädigt" in answer
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_too_many_pixels_are_refused_before_anything_is_decoded(
    client: Client, decoded: list[tuple[int, int]], settings: Any
) -> None:
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = LARGE[0] * LARGE[1] - 1
    answer = send(client, write_picture("gross.png", LARGE))
    assert "zu viele Pixel" in answer.content.decode()
    assert LARGE not in decoded


@pytest.mark.django_db
def test_where_others_wait_already_the_next_is_told_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = threading.BoundedSemaphore(1)
    monkeypatch.setattr(sizes, "_waiting", busy)
    with busy:
        answer = send(client, write_picture("gross.png", LARGE)).content.decode()
        assert "Versuche es gleich noch einmal" in answer
        assert send(client, write_picture("klein.png", (900, 600))).status_code == 302
    assert send(client, write_picture("gross.png", LARGE)).status_code == 302


@pytest.mark.django_db
def test_the_worker_makes_the_sizes_so_that_nobody_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = upload(client, write_picture("gross.png", LARGE))
    assert make_missing_sizes(since=timezone.now() + timedelta(hours=1)) == 0
    assert make_missing_sizes(since=timezone.now() - timedelta(hours=1)) == 1
    assert make_missing_sizes(since=timezone.now() - timedelta(hours=1)) == 0
    monkeypatch.setattr(subprocess, "run", None)
    assert len(load_images([(picture.pk, Shape.WIDE), (picture.pk, Shape.WHOLE)])) == 2


@pytest.mark.django_db
def test_a_picture_beyond_the_limits_of_its_process_is_left_out_of_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = upload(client, write_picture("gross.png", LARGE))
    monkeypatch.setattr(sizes, "MEMORY_BYTES", 80_000_000)
    assert load_images([(picture.pk, Shape.WIDE)]) == {}
    with monkeypatch.context() as again:
        again.setattr(subprocess, "run", None)
        assert load_images([(picture.pk, Shape.WIDE)]) == {}, "no further process for each view of a page"
    monkeypatch.undo()
    pictures._tried.clear()
    assert len(load_images([(picture.pk, Shape.WIDE)])) == 1
