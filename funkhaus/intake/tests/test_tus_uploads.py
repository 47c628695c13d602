"""The upload interface: what it takes, what it refuses with which words, and what becomes of a file."""

from __future__ import annotations

import base64
import hashlib

import pytest
from django.test import Client

from funkhaus.ingest.models import Asset, Job, Upload
from funkhaus.intake.tests.tus import API, FILM, TUS, begin, call, encode, list_left_over, send
from funkhaus.mediathek.models import Video


def test_a_file_sent_in_three_pieces_becomes_a_draft_once(editor: Client) -> None:
    path = begin(editor, title="Heute", rating="12", kind="film")
    for at in (0, 5000, 10000):
        assert int(call(editor, "HEAD", path)["Upload-Offset"]) == at
        response = send(editor, path, FILM[at : at + 5000], at)
        assert response.status_code == 204
    assert response["Upload-Offset"] == str(len(FILM))
    video, asset = Video.objects.get(), Asset.objects.get()
    assert (video.title, video.age_rating, video.kind, video.live) == ("Heute", "12", "film", False)
    assert asset.original_path.read_bytes() == FILM
    assert (Job.objects.get().state, asset.original_name) == ("queued", "heute_um_acht.mp4")
    assert list_left_over() == []

    for _ in range(2):
        head = call(editor, "HEAD", path)
        assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (200, "10240", "10240")
    told = editor.get(path).json()
    assert told["state"] == "stored"
    assert told["video"] == video.public_id
    assert told["page_url"] == f"/redaktion/mediathek/dateien/{asset.pk}/"
    assert told["file"]["state"] == "queued"
    assert Video.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({}, 400, "Upload-Length"),
        ({"Upload-Length": "-1"}, 400, "Upload-Length"),
        ({"Upload-Length": "+5"}, 400, "Upload-Length"),
        ({"Upload-Length": "٣"}, 400, "Upload-Length"),
        ({"Upload-Length": "1e3"}, 400, "Upload-Length"),
        ({"Upload-Length": "9" * 20}, 400, "Upload-Length"),
        ({"Upload-Length": "5", "Upload-Defer-Length": "1"}, 400, "exactly one"),
        ({"Upload-Defer-Length": "2"}, 400, "Upload-Defer-Length"),
        ({"Upload-Length": "5", "Upload-Metadata": "filename !!!"}, 400, "Upload-Metadata"),
        ({"Upload-Length": "5", "Upload-Metadata": "a YQ==,a YQ=="}, 400, "twice"),
        ({"Upload-Length": "5", "Upload-Metadata": "filename /w=="}, 400, "UTF-8"),
        ({"Upload-Length": "5", "Upload-Metadata": "filename AA=="}, 400, "no text"),
        ({"Upload-Length": "5", "Upload-Metadata": "a " + "YQ==" * 3000}, 431, "too long"),
        ({"Upload-Length": "5", "Upload-Concat": "final;/x"}, 400, "Upload-Concat"),
        ({"Upload-Concat": "half"}, 400, "Upload-Concat"),
        ({"Upload-Concat": f"final;/{'a' * 26}", "Upload-Metadata": encode(filename="a.mp4")}, 400, "does not exist"),
        ({"Upload-Length": "5", "Upload-Checksum": "crc32 YQ=="}, 400, "sha1"),
        ({"Upload-Length": "5", "Upload-Checksum": "sha1 YQ=="}, 400, "length"),
        ({"Upload-Length": "5"}, 422, "Der Name der Datei fehlt."),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="liste.pdf")}, 415, "weder Film noch Ton"),
        ({"Upload-Length": "0", "Upload-Metadata": encode(filename="a.mp4")}, 422, "Diese Datei ist leer."),
        ({"Upload-Length": "20000000001", "Upload-Metadata": encode(filename="a.mp4")}, 413, "höchstens 20 GB"),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="a.mp4", rating="13")}, 422, "rating"),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="a.mp4", title="x" * 201)}, 422, "title"),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="a.mp4", language="de\n")}, 201, ""),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="a.mp4", language="d'e")}, 422, "Sprachkürzel"),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="a.mp4", video="zzz")}, 404, "Dieses Video"),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="a.mp4", priority="now")}, 422, "priority"),
        ({"Upload-Length": "5", "Upload-Metadata": encode(filename="a.mp4") + ", eigenes"}, 201, ""),
        ({"Upload-Length": "5", "Tus-Resumable": "0.2.2"}, 412, "1.0.0"),
        ({"Upload-Length": "5", "Content-Type": "text/plain"}, 415, "offset+octet-stream"),
    ],
)
def test_odd_headers_are_refused_in_words_before_anything_is_stored(
    editor: Client, headers: dict[str, str], status: int, words: str
) -> None:
    body = b"12345" if "Content-Type" in headers else b""
    response = call(editor, "POST", API, body, **headers)
    assert response.status_code == status, response.content
    assert response["Tus-Resumable"] == "1.0.0"
    if status == 201:
        assert Upload.objects.count() == 1
        return
    assert words in response.json()["message"]
    assert not Upload.objects.exists()
    assert list_left_over() == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Offset": "1"}, 409),
        ({"Upload-Offset": "0", "Content-Type": "video/mp4"}, 415),
        ({"Upload-Offset": "0", "Upload-Length": "9"}, 400),
        ({"Upload-Offset": "0", "Upload-Checksum": "md5"}, 400),
        ({"Upload-Offset": "0", "Tus-Resumable": ""}, 412),
    ],
)
def test_bytes_with_odd_headers_are_not_taken(editor: Client, headers: dict[str, str], status: int) -> None:
    path = begin(editor)
    response = call(editor, "PATCH", path, FILM[:100], **headers)
    assert response.status_code == status, response.content
    assert call(editor, "HEAD", path)["Upload-Offset"] == "0"
    if status == 409:
        assert response["Upload-Offset"] == "0"


def test_more_than_announced_is_refused_and_what_fits_is_kept(editor: Client) -> None:
    path = begin(editor, length=100)
    response = send(editor, path, FILM[:101])
    assert response.status_code == 413
    assert call(editor, "HEAD", path)["Upload-Offset"] == "0"
    assert send(editor, path, FILM[:100]).status_code == 204
    assert Asset.objects.get().size_bytes == 100


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_piece_counts_only_when_its_checksum_is_right(editor: Client, algorithm: str) -> None:
    path = begin(editor)
    right = base64.b64encode(hashlib.new(algorithm, FILM[:500]).digest()).decode()
    damaged = send(editor, path, b"x" + FILM[1:500], Upload_Checksum=f"{algorithm} {right}")
    assert (damaged.status_code, call(editor, "HEAD", path)["Upload-Offset"]) == (460, "0")
    good = send(editor, path, FILM[:500], Upload_Checksum=f"{algorithm} {right}")
    assert (good.status_code, good["Upload-Offset"]) == (204, "500")
    assert send(editor, path, FILM[500:], 500).status_code == 204
    assert Asset.objects.get().original_path.read_bytes() == FILM


def test_bytes_may_come_with_the_beginning_and_the_length_later(editor: Client) -> None:
    metadata = encode(filename="a.mp4")
    response = call(
        editor, "POST", API, FILM[:300], Upload_Defer_Length="1", Upload_Metadata=metadata, Content_Type=TUS
    )
    assert (response.status_code, response["Upload-Offset"]) == (201, "300")
    path = response["Location"]
    head = call(editor, "HEAD", path)
    assert (head["Upload-Defer-Length"], head["Upload-Metadata"]) == ("1", metadata)
    assert "Upload-Length" not in head
    assert send(editor, path, b"", 300, Upload_Length="299").status_code == 400
    assert send(editor, path, b"", 300, Upload_Length=str(10**11)).status_code == 413
    assert send(editor, path, FILM[300:400], 300, Upload_Length="500").status_code == 204
    assert send(editor, path, FILM[400:], 400, Upload_Length="600").status_code == 400
    assert send(editor, path, FILM[400:500], 400).status_code == 204
    assert Asset.objects.get().original_path.read_bytes() == FILM[:500]


def test_a_beginning_with_damaged_bytes_leaves_nothing(editor: Client) -> None:
    wrong = base64.b64encode(bytes(20)).decode()
    response = call(
        editor, "POST", API, FILM, Upload_Length=str(len(FILM)), Upload_Metadata=encode(filename="a.mp4"),
        Upload_Checksum=f"sha1 {wrong}", Content_Type=TUS,
    )  # fmt: skip
    assert response.status_code == 460
    assert not Upload.objects.exists()
    assert list_left_over() == []


def test_a_file_in_one_request_is_a_draft_at_once(editor: Client) -> None:
    response = call(
        editor, "POST", API, FILM, Upload_Length=str(len(FILM)), Upload_Metadata=encode(filename="a.mp4"),
        Content_Type=TUS,
    )  # fmt: skip
    assert (response.status_code, response["Upload-Offset"]) == (201, str(len(FILM)))
    assert editor.get(response["Location"]).json()["video"] == Video.objects.get().public_id


def begin_part(client: Client, content: bytes) -> str:
    response = call(client, "POST", Upload_Length=str(len(content)), Upload_Concat="partial")
    assert response.status_code == 201
    return str(response["Location"])


def test_parts_are_joined_in_their_order_and_asking_twice_makes_one_video(editor: Client) -> None:
    pieces = [FILM[:4000], b"", FILM[4000:4001], FILM[4001:]]
    paths = [begin_part(editor, piece) for piece in pieces]
    final = f"final;{paths[0]} http://testserver{paths[1]} {' '.join(paths[2:])}"
    metadata = encode(filename="a.mp4", title="Aus Teilen")
    early = call(editor, "POST", Upload_Concat=final, Upload_Metadata=metadata)
    assert (early.status_code, "nicht" in early.json()["message"]) == (400, False)
    for path, piece in zip(paths, pieces, strict=True):
        assert send(editor, path, piece).status_code == 204
    assert not Asset.objects.exists(), "a part is no file of its own"
    assert call(editor, "HEAD", paths[0])["Upload-Concat"] == "partial"

    first, second = (call(editor, "POST", Upload_Concat=final, Upload_Metadata=metadata) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first["Location"] == second["Location"]
    assert Asset.objects.get().original_path.read_bytes() == FILM
    assert Video.objects.get().title == "Aus Teilen"
    head = call(editor, "HEAD", first["Location"])
    assert (head["Upload-Offset"], head["Upload-Length"]) == (str(len(FILM)),) * 2
    assert head["Upload-Concat"] == f"final;{' '.join(paths)}"
    assert send(editor, first["Location"], b"x", len(FILM)).status_code == 403
    assert call(editor, "HEAD", paths[0]).status_code == 404
    assert list_left_over() == []


def test_a_part_that_is_promised_to_one_upload_is_no_other_s(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funkhaus.intake.tus.completion.join_upload", lambda **_: None)  # it is killed here
    part, other = begin_part(editor, FILM), begin_part(editor, FILM)
    for path in (part, other):
        send(editor, path)
    metadata = encode(filename="a.mp4")
    final = call(editor, "POST", Upload_Concat=f"final;{part} {other}", Upload_Metadata=metadata)
    assert "Upload-Offset" not in call(editor, "HEAD", final["Location"])
    assert call(editor, "POST", Upload_Concat=f"final;{part}", Upload_Metadata=metadata).status_code == 400
    assert call(editor, "DELETE", part).status_code == 403
    assert send(editor, part, b"", len(FILM)).status_code == 403
    monkeypatch.undo()
    assert call(editor, "HEAD", final["Location"])["Upload-Offset"] == str(2 * len(FILM))
    assert Asset.objects.get().original_path.read_bytes() == FILM * 2
