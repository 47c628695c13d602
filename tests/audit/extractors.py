"""Read pages with other people's extractors. JSON in: path → HTML; JSON out: extractor → path → text.

Runs in the environment that holds them (`requirements/audit.txt`), and imports nothing of the house.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import bs4
import goose3
import justext
import newspaper
import readability
import trafilatura
from boilerpy3 import extractors as boilerpipe
from resiliparse.extract.html2text import extract_plain_text


def main() -> None:
    """Read all with all."""
    pages = json.load(sys.stdin)
    json.dump({name: {path: read(html) for path, html in pages.items()} for name, read in READERS.items()}, sys.stdout)


def _plain(html: str) -> str:
    return str(bs4.BeautifulSoup(html, "lxml").get_text(" "))


def _trafilatura(html: str) -> str:
    return trafilatura.extract(html, include_comments=False) or ""


def _readability(html: str) -> str:
    return _plain(readability.Document(html).summary())


def _resiliparse(html: str) -> str:
    return str(extract_plain_text(html, main_content=True))


def _justext(html: str) -> str:
    paragraphs = justext.justext(html.encode(), justext.get_stoplist("German"))
    return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)


def _newspaper(html: str) -> str:
    article = newspaper.Article("https://haus.example/", language="de", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return str(article.text)


def _goose(html: str) -> str:
    with goose3.Goose({"target_language": "de", "use_meta_language": False, "enable_image_fetching": False}) as goose:
        return str(goose.extract(raw_html=html).cleaned_text)


def _boilerpipe(html: str) -> str:
    return str(boilerpipe.ArticleExtractor(raise_on_failure=False).get_content(html))


def _lynx(html: str) -> str:
    return _run(["lynx", "-dump", "-nolist", "-stdin", "-assume_charset=utf-8", "-display_charset=utf-8"], html)


def _w3m(html: str) -> str:
    return _run(["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"], html)


def _run(command: list[str], html: str) -> str:
    return subprocess.run(command, input=html.encode(), capture_output=True, check=True, timeout=60).stdout.decode()


READERS: dict[str, Callable[[str], str]] = {
    "trafilatura": _trafilatura,
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "jusText": _justext,
    "newspaper4k": _newspaper,
    "goose3": _goose,
    "boilerpy3": _boilerpipe,
    "get_text": _plain,
    "lynx": _lynx,
    "w3m": _w3m,
}

if __name__ == "__main__":
    main()
