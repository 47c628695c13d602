"""Browser code from others that we mend: no mend is lost in silence with a newer package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.vendor_mends import MENDS, list_mends, mend_packages


def place_packages(work: Path) -> None:
    """Write files that hold what the mends look for, and something around it."""
    for mend in MENDS:
        path = work / mend.package / mend.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"before\n{mend.was}after\n")


def test_each_mend_is_made_in_its_file_and_told_with_the_licence(tmp_path: Path) -> None:
    place_packages(tmp_path)
    mend_packages(tmp_path)
    for mend in MENDS:
        assert (tmp_path / mend.package / mend.file).read_text() == f"before\n{mend.now}after\n"
        assert any(mend.file in line for line in list_mends(mend.package))
    assert list_mends("node_modules/another") == []


@pytest.mark.parametrize("number", range(len(MENDS)))
def test_a_mend_that_fits_no_longer_stops_the_build_and_says_what_it_was_for(tmp_path: Path, number: int) -> None:
    place_packages(tmp_path)
    path = tmp_path / MENDS[number].package / MENDS[number].file
    path.write_text("written anew")
    with pytest.raises(ValueError, match="has changed") as told:
        mend_packages(tmp_path)
    assert MENDS[number].fault in str(told.value)
