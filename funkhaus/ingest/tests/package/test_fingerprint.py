"""The same bytes have the same fingerprint, whatever the file is called; others have another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ingest.package.fingerprint import SAMPLE_BYTES, SAMPLES, take_fingerprint

LONG = bytes(range(256)) * (SAMPLES * SAMPLE_BYTES // 64)


@pytest.mark.parametrize("content", [b"", b"x", LONG])
def test_a_copy_is_recognized_and_a_change_at_either_end_is_seen(tmp_path: Path, content: bytes) -> None:
    def take(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        return take_fingerprint(tmp_path / name)

    original = take("a.mp4", content)
    assert take("kopie von a.mp4", content) == original
    assert take("b", content + b"!") != original
    assert take("c", b"!" + content[1:]) != original
    assert take("d", content[:-1] + b"!") != original
