"""What checking signatures costs nginx: our configuration against the same file served openly, by one nginx."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.load import cpu_seconds, pull
from bench.table import Row
from tests.nginx import MODULES, NEEDED, nginx_serving
from tests.server import Server, list_descendants, run_command

SEGMENT_BYTES = 157_000  # a segment of two seconds in 720p
ROUNDS, SECONDS = 4, 2.0


def measure_nginx_gate(server: Server, signed_folder: str, asset_folder: Path) -> list[Row]:
    """CPU for a segment, open against signed: which a full machine's requests per second follow; the best turns."""
    what = "nginx checking signatures against open nginx"
    if not all((MODULES / name).exists() for name in NEEDED):
        return [Row(what, None, "×", 0.9, is_floor=True, note="libnginx-mod-http-set-misc is not installed")]
    (asset_folder / "segment.m4s").write_bytes(bytes(range(256)) * (SEGMENT_BYTES // 256))
    keys = run_command(server.data, "mediakeys").stdout
    cost = dict.fromkeys(("open", "signed"), float("inf"))  # CPU seconds of nginx for one answer
    with (
        tempfile.TemporaryDirectory() as folder,
        nginx_serving(Path(folder), asset_folder.parent, keys, server.url) as url,
    ):
        workers = list(list_descendants(int((Path(folder) / "pid").read_text())))
        paths = {"open": f"/open/{asset_folder.name}/segment.m4s", "signed": f"{signed_folder}segment.m4s"}
        for _round in range(ROUNDS):
            for name, path in paths.items():
                before = cpu_seconds(workers)
                load = pull(int(url.rpartition(":")[2]), path, seconds=SECONDS, ahead=1)
                cost[name] = min(cost[name], (cpu_seconds(workers) - before) / load.answers)
    note = f"{cost['signed'] * 1e6:.0f} µs and {cost['open'] * 1e6:.0f} µs of CPU for a segment"
    return [Row(what, cost["open"] / cost["signed"], "×", 0.9, is_floor=True, note=note)]
