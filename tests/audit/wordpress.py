"""Debian's WordPress with a database of its own: a post with our address in it, and what WordPress makes of that."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.server import fetch, free_port, wait_for

SOURCE = Path("/usr/share/wordpress")
SCRIPT = Path(__file__).with_name("blog.php")
CONFIG = """<?php
define('DB_NAME', 'blog'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_CHARSET', 'utf8mb4');
define('DB_HOST', 'localhost:{socket}'); define('DB_COLLATE', '');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}'); define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', false); define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require ABSPATH . 'wp-settings.php';
"""
# WordPress asks no loopback address and no unusual port, and this check has nothing else. It is to send no mail.
NEAR = """<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn($ports, $host, $url) => [...$ports, parse_url($url, PHP_URL_PORT)], 10, 3);
function wp_mail() { return true; }
"""
THEME = {
    "style.css": "/* Theme Name: bare */",
    "index.php": """<!doctype html><html><head><title>x</title><link rel="icon" href="data:,"><?php wp_head(); ?></head>
<body><?php while (have_posts()) { the_post(); the_content(); } wp_footer(); ?></body></html>""",
}


@contextmanager
def blogging(folder: Path) -> Iterator[tuple[str, Path]]:
    """Address and folder of a blog that runs until the block ends."""
    blog, port = folder / "blog", free_port()
    url, socket = f"http://localhost:{port}", folder / "socket"
    shutil.copytree(SOURCE, blog, ignore=shutil.ignore_patterns("themes", "plugins"))
    (blog / "wp-config.php").write_text(CONFIG.format(socket=socket, url=url))
    shutil.copyfile(SCRIPT, blog / SCRIPT.name)
    for name in ("mu-plugins", "plugins", "themes/bare"):
        (blog / "wp-content" / name).mkdir(parents=True, exist_ok=True)
    (blog / "wp-content/mu-plugins/near.php").write_text(NEAR)
    for name, text in THEME.items():
        (blog / "wp-content/themes/bare" / name).write_text(text)
    with ExitStack() as stack:
        stack.enter_context(_database(folder / "database", socket))
        run_php(blog, ["install"])
        stack.enter_context(_running(["php", "-q", "-S", f"localhost:{port}", "-t", str(blog)], folder / "php.log"))
        wait_for(lambda: _answers(url), "WordPress", 30)
        yield url, blog


def publish(blog: Path, address: str) -> str:
    """Publish a post with an address on a line of its own; the post's path."""
    return f"/?p={run_php(blog, ['post', address]).strip()}"


def run_php(blog: Path, words: Sequence[str]) -> str:
    """Run the script beside WordPress."""
    command = ["php", "-d", "display_errors=stderr", SCRIPT.name, *words]
    result = subprocess.run(command, cwd=blog, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout[-500:] + result.stderr[-500:]
    return result.stdout


@contextmanager
def _database(folder: Path, socket: Path) -> Iterator[None]:
    user = ["--user=root"] if os.geteuid() == 0 else []
    place = ["--no-defaults", f"--datadir={folder}", *user]
    setup = ["mariadb-install-db", *place, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(setup, capture_output=True, check=True, timeout=120)
    server = ["/usr/sbin/mariadbd", *place, f"--socket={socket}", "--skip-networking", f"--pid-file={folder}/pid"]
    with _running(server, folder.with_suffix(".log")):
        ask = ["mariadb", "--no-defaults", f"--socket={socket}", "--user=root", "-e", "CREATE DATABASE blog"]
        wait_for(lambda: subprocess.run(ask, capture_output=True, check=False).returncode == 0, "the database", 60)
        yield


@contextmanager
def _running(command: Sequence[str], log: Path) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _answers(url: str) -> bool:
    try:
        return fetch(url + "/", seconds=20).status == 200
    except OSError:
        return False
