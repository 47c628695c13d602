"""What checking signatures costs nginx: our configuration against the same file served openly, by one nginx."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.load import pull
from bench.table import Row
from tests.nginx import MODULES, NEEDED, nginx_serving
from tests.server import Server, run_command

SEGMENT_BYTES = 157_000  # a segment of two seconds in 720p
ROUNDS, SECONDS = 3, 1.5


def measure_nginx_gate(server: Server, signed_folder: str, asset_folder: Path) -> list[Row]:
    """Requests per second for a segment, as a share of the open one; both in turns, the best of each."""
    what = "nginx checking signatures against open nginx"
    if not all((MODULES / name).exists() for name in NEEDED):
        return [Row(what, None, "×", 0.9, is_floor=True, note="libnginx-mod-http-set-misc is not installed")]
    (asset_folder / "segment.m4s").write_bytes(bytes(range(256)) * (SEGMENT_BYTES // 256))
    keys = run_command(server.data, "mediakeys").stdout
    best = {"open": 0.0, "signed": 0.0}
    with (
        tempfile.TemporaryDirectory() as folder,
        nginx_serving(Path(folder), asset_folder.parent, keys, server.url) as url,
    ):
        port = int(url.rpartition(":")[2])
        paths = {"open": f"/open/{asset_folder.name}/segment.m4s", "signed": f"{signed_folder}segment.m4s"}
        for _round in range(ROUNDS):
            for name, path in paths.items():
                load = pull(port, path, seconds=SECONDS, ahead=1)
                best[name] = max(best[name], load.answers / load.seconds)
    note = f"{best['signed']:,.0f}/s of {best['open']:,.0f}/s"
    return [Row(what, best["signed"] / best["open"], "×", 0.9, is_floor=True, note=note)]
