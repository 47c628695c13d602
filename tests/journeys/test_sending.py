"""`funkhaus ingest --server`: to a running server over a bad line, started again after a kill, with the same words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sending.reference_uploads import hash_file, write_noise
from tests.sending.relay import relaying
from tests.server import EDITOR, ROOT, Server, clean_environment, run_command, wait_for

pytestmark = pytest.mark.server
SIZE = 12_000_000
VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n"


@pytest.fixture(scope="module")
def token(house: Server) -> str:
    made = run_command(house.data, "createtoken", EDITOR, "--name", "Schnittplatz", "--json")
    return str(json.loads(made.stdout)["token"])


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """The data folder of the machine that sends, which is never set up."""
    return tmp_path / "away"


def start(away: Path, url: str, token: str, file: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "funkhaus", "ingest", str(file), "--server", url, "--json", *options]
    environment = clean_environment(away, TOKEN=token)
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, Any]:
    out, err = process.communicate(timeout=120)
    assert out.strip(), err
    return process.returncode, json.loads(out)


def find_original(house: Server, public_id: str) -> Path:
    rows = house.query(
        "SELECT a.original FROM ingest_asset a JOIN mediathek_version n ON n.asset_id = a.id"
        " JOIN mediathek_video v ON n.video_id = v.id WHERE v.public_id = ?",
        public_id,
    )
    return house.data / "originals" / str(rows[0][0])


def test_a_file_arrives_whole_although_line_and_sender_break(
    house: Server, token: str, away: Path, tmp_path: Path
) -> None:
    film = write_noise(tmp_path / "Rückblick.mp4", SIZE)
    with relaying(house.port, [(3_000_000, "cut"), (6_000_000, "stop")], stop=lambda: wait_for_kill(sender)) as relay:
        sender = start(away, relay.url, token, film)
        wait_for(lambda: len(relay.done) == 2, "half of the file to be sent", 60)
        sender.kill()
        sender.communicate()
        code, answer = finish(start(away, relay.url, token, film))
    assert code == 0, answer
    assert relay.passed < 1.8 * SIZE, "the second start went on with what the first had sent"
    assert hash_file(find_original(house, answer["id"])) == hash_file(film)
    assert json.loads((away / "sending.json").read_text()) == {}


def wait_for_kill(sender: subprocess.Popen[str]) -> None:
    """Hold the line until the sender is dead."""
    sender.wait(60)


@pytest.mark.media
def test_rating_subtitles_publication_and_waiting_mean_the_same_over_the_wire(
    house: Server, token: str, away: Path, tmp_path: Path, clip: bytes
) -> None:
    film, subtitles = tmp_path / "heute.mp4", tmp_path / "heute.vtt"
    film.write_bytes(clip)
    subtitles.write_text(VTT)
    options = ["--title", "Heute", "--rating", "6", "--publish", "--wait", "--subtitles", f"{subtitles}:de:captions"]
    code, answer = finish(start(away, house.url, token, film, *options))
    assert (code, answer["state"], answer["error"]) == (0, "ready", None)
    assert answer["duration_s"] == pytest.approx(1, abs=0.2)
    page = house.get(answer["url"].removeprefix(house.url))
    assert (page.status, "Heute" in page.text) == (200, True)
    rows = house.query(
        "SELECT t.language, t.kind, v.age_rating FROM ingest_texttrack t JOIN mediathek_version n"
        " ON n.asset_id = t.asset_id JOIN mediathek_video v ON n.video_id = v.id WHERE v.public_id = ?",
        answer["id"],
    )
    assert rows == [("de", "captions", "6")]


@pytest.mark.parametrize("what", ["no token", "wrong token", "no media", "no file", "broken subtitles"])
def test_a_refusal_is_told_with_exit_code_1(house: Server, token: str, away: Path, tmp_path: Path, what: str) -> None:
    file = tmp_path / ("liste.pdf" if what == "no media" else "film.mp4")
    if what != "no file":
        file.write_bytes(b"x")
    (tmp_path / "a.vtt").write_text(VTT.replace("00:01.000", "00:xx"))
    options = ["--subtitles", str(tmp_path / "a.vtt")] if what == "broken subtitles" else []
    given = {"no token": "", "wrong token": token[:-4] + "AAAA"}.get(what, token)
    process = start(away, house.url, given, file, *options)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    words = {
        "no token": "a token is needed",
        "wrong token": "Bitte melde dich an",
        "no media": "weder Film noch Ton",
        "no file": "film.mp4",
        "broken subtitles": "a.vtt",
    }
    if what == "no token":
        assert words[what] in err
    else:
        answer = json.loads(out)
        assert (answer["state"], words[what] in answer["error"]) == ("refused", True)
