"""The files to try, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tools.samples.claims import Claim, read_sources

MEDIA = {".mp4", ".m4a", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".flv", ".ts", ".mpg", ".mxf", ".3gp"}
MEDIA |= {".mp3", ".flac", ".wav", ".ogg", ".opus", ".aac"}
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
WEB_PAGE = "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>\n"
REFUSED = {"playlist", "web_page", "encrypted"}


@dataclass
class Sample:
    """One file on its way. `expected_error`: the code it has to be refused with; `was_held`: an editor had to look."""

    path: Path
    name: str
    traits: str = ""
    expected_error: str = ""
    asset_id: int = 0
    page: str = ""
    was_killed: bool = False
    was_held: bool = False
    faults: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def is_broken(self) -> bool:
        """True for files that are damaged on purpose."""
        return self.name.startswith("broken/") or bool(self.expected_error)


def find_samples(folder: Path, temporary: Path) -> list[Sample]:
    """Every media file below the folder, and two hostile ones where it has none."""
    root = folder if (folder / "SOURCES.md").is_file() else folder.parent
    sources = read_sources(root / "SOURCES.md")
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in MEDIA and path.is_file()):
        name = str(path.relative_to(root))
        found.append(Sample(path, name, sources.get(name, ""), _expect(path)))
    for code, text in (("playlist", PLAYLIST), ("web_page", WEB_PAGE)):
        if code not in {sample.expected_error for sample in found}:
            path = temporary / f"made-{code}.mp4"
            path.write_text(text)
            found.append(Sample(path, f"broken/{path.name}", "made for this run", code))
    return found


def _expect(path: Path) -> str:
    from funkhaus.ingest.probe.mp4_boxes import is_encrypted
    from funkhaus.ingest.probe.sandboxed_program import find_disguise

    code = find_disguise(path) or ("encrypted" if is_encrypted(path) else "")
    return code if code in REFUSED else ""
