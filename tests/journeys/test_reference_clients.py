"""tus-js-client and tuspy, as they are published, over a line that breaks and through a server that is killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sending.reference_uploads import (
    Uploading,
    bad_line,
    find_original,
    hash_file,
    receiving,
    send_by_tus_js,
    send_by_tuspy,
    write_noise,
)
from tests.server import copy_data

pytestmark = pytest.mark.server
SIZE = 9_000_000
House = tuple[Uploading, ExitStack]


@pytest.fixture(scope="module")
def house_that_dies(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with receiving(copy_data(blank, tmp_path_factory.mktemp("tus") / "data")) as house:
        yield house


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Bytes that no two places share: a piece in the wrong place would be seen."""
    return write_noise(tmp_path / "Über allem.mp4", SIZE)


def test_tus_js_client_goes_on_after_two_breaks_and_a_killed_server(house_that_dies: House, film: Path) -> None:
    house, stack = house_that_dies
    with bad_line(house, stack, [(2_000_000, "hang"), (4_000_000, "kill"), (6_000_000, "cut")]) as relay:
        url = send_by_tus_js(
            relay, film, house.token, parallel=1, seconds=120, filename=film.name, title="Nach dem Neustart"
        )
    told = house.ask(url)
    assert hash_file(find_original(house, told)) == hash_file(film)
    assert (told["name"], told["length_bytes"]) == (film.name, SIZE)
    assert house.server.query("SELECT count(*) FROM mediathek_video WHERE title = 'Nach dem Neustart'") == [(1,)]


def test_tus_js_client_sends_in_parallel(house_that_dies: House, film: Path) -> None:
    house, stack = house_that_dies
    with bad_line(house, stack, [(3_000_000, "cut"), (6_000_000, "hang")]) as relay:
        url = send_by_tus_js(relay, film, house.token, parallel=3, seconds=120, filename=film.name)
    assert hash_file(find_original(house, house.ask(url))) == hash_file(film)
    assert [path.name for path in (house.data / "uploads" / "tus").iterdir()] == []


def test_tuspy_goes_on_after_two_breaks(house_that_dies: House, film: Path) -> None:
    house, stack = house_that_dies
    with bad_line(house, stack, [(3_000_000, "hang"), (6_000_000, "cut")]) as relay:
        url = send_by_tuspy(relay, film, house.token, chunk=2_500_000, seconds=120, filename=film.name)
    assert hash_file(find_original(house, house.ask(url))) == hash_file(film)
