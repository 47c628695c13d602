"""The words of everything that the newsroom publishes, read inside the house, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from html import unescape
from typing import Any

TAGS = re.compile(r"<[^>]+>")
# What the page of all corrections says of itself.
CORRECTIONS = "Wir machen Fehler. Hier steht, was falsch war und was richtig ist, das Neueste zuerst."
LABELS = {"phone": "Telefon", "email": "E-Mail", "source": "Quelle"}


@dataclass
class TextFacts:
    """One page. `wanted`: what a reader must get; `allowed`: what may stand beside it in a good extraction."""

    path: str
    headline: str
    kind: str = "article"
    wanted: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    videos: list[str] = field(default_factory=list)


def plain(html: str) -> str:
    """The text of a rich text."""
    return unescape(TAGS.sub(" ", html))


def list_articles() -> list[dict[str, Any]]:
    """Articles; liveblogs are a page type of their own."""
    from funkhaus.newsroom.models import ArticlePage, LiveblogPage

    pages = ArticlePage.objects.live().exclude(pk__in=LiveblogPage.objects.all()).order_by("pk")
    return [asdict(_tidy(_read_article(page))) for page in pages]


def list_other_texts() -> list[dict[str, Any]]:
    """Every other page type of the newsroom."""
    from funkhaus.newsroom.models import Author, LiveblogPage, StandingPage, TopicPage

    found = [_read_liveblog(page) for page in LiveblogPage.objects.live()]
    found += [_read_topic(page) for page in TopicPage.objects.live()]
    found += [_read_standing(page) for page in StandingPage.objects.live()]
    found += [_read_author(author) for author in Author.objects.all()]
    found.append(_read_corrections())
    return [asdict(_tidy(one)) for one in found]


def _tidy(found: TextFacts) -> TextFacts:
    found.wanted = [text for text in found.wanted if text]
    found.allowed = [text for text in found.allowed if text]
    return found


def _read_article(page: Any) -> TextFacts:
    found = TextFacts(path=page.url, headline=page.title)
    found.allowed += [page.title, page.kicker, *_say_picture(page.picture)]
    found.allowed += [author.name for author in page.authors.all()] + [topic.title for topic in page.topics.all()]
    found.allowed += [text for one in page.corrections.all() for text in (one.was_wrong, one.is_right)]
    found.allowed += ["Korrektur", "Richtigstellung"] if page.corrections.all() else []
    found.wanted.append(page.teaser)
    _read_body(page.body, found)
    return found


def _read_liveblog(page: Any) -> TextFacts:
    found = _read_article(page)
    found.kind = "liveblog"
    for post in page.posts.filter(is_removed=False):
        found.wanted += [post.headline, plain(post.text)]
        found.allowed += [post.correction, *_say_picture(post.picture)]
        found.allowed += [post.headline, "Schlüsselmoment"] if post.is_key_moment else []
        found.allowed += [post.headline, plain(post.text)] if post.is_pinned else []
        found.allowed += ["Korrektur"] if post.correction else []
    return found


def _read_topic(page: Any) -> TextFacts:
    from funkhaus.newsroom.models import ArticlePage

    found = TextFacts(page.url, page.title, "topic", wanted=[page.introduction], allowed=[page.title])
    _read_teasers(ArticlePage.objects.live().filter(topics=page.pk), found)
    return found


def _read_author(author: Any) -> TextFacts:
    from funkhaus.newsroom.models import ArticlePage

    found = TextFacts(f"/autoren/{author.slug}/", author.name, "author", wanted=[author.biography])
    found.allowed += [author.name, author.role, author.email]
    _read_teasers(ArticlePage.objects.live().filter(authors=author.pk), found)
    return found


def _read_teasers(pages: Iterable[Any], found: TextFacts) -> None:
    for page in pages:
        found.wanted.append(page.teaser)
        found.allowed += [page.title, page.kicker, *_say_picture(page.picture)]


def _read_standing(page: Any) -> TextFacts:
    found = TextFacts(page.url, page.title, "standing", wanted=[page.introduction], allowed=[page.title, "Stand"])
    _read_body(page.body, found)
    return found


def _read_corrections() -> TextFacts:
    from funkhaus.newsroom.models import Correction

    found = TextFacts("/korrekturen/", "Korrekturen", "corrections", wanted=[CORRECTIONS], allowed=["Korrekturen"])
    for one in Correction.objects.all():
        found.wanted += [one.was_wrong, one.is_right]
        found.allowed += [one.subject, "Korrektur", "Richtigstellung"]
    return found


def _read_body(body: Iterable[Any], found: TextFacts) -> None:
    for block in body:
        reader = _READERS.get(block.block_type)
        if reader:
            reader(block.value, found)


def _read_paragraph(value: Any, found: TextFacts) -> None:
    found.wanted.append(plain(value.source))


def _read_heading(value: Any, found: TextFacts) -> None:
    found.wanted.append(value["text"])


def _read_quote(value: Any, found: TextFacts) -> None:
    found.wanted.append(value["text"])
    found.allowed += [value["speaker"], value["role"]]


def _read_picture(value: Any, found: TextFacts) -> None:
    found.allowed += [value["alt_text"], value["caption"], value["credit"], *_say_picture(value["picture"])]
    found.allowed += ["Bild"] + (["Karte", value["place"]] if value.get("place") else [])


def _read_video(value: Any, found: TextFacts) -> None:
    video = value["video"]
    found.allowed += [value["caption"], getattr(video, "title", "")]
    found.videos += [video.public_id] if video else []


def _read_related(value: Any, found: TextFacts) -> None:
    page = value["page"].specific if value["page"] else None
    found.allowed += [value["kicker"], value["headline"], value["teaser"]]
    found.allowed += [page.kicker, page.title, page.teaser] if page else []


def _read_list(value: Any, found: TextFacts) -> None:
    found.wanted += list(value["items"])
    found.allowed.append(value["title"])


def _read_info_box(value: Any, found: TextFacts) -> None:
    found.wanted.append(plain(value["text"].source))
    found.allowed.append(value["title"])


def _read_figures(value: Any, found: TextFacts) -> None:
    """Tables, plots and numbers: whoever wants prose may leave them out."""
    found.allowed += [str(text) for text in value.values() if isinstance(text, str)]
    found.allowed += [label for name, label in LABELS.items() if value.get(name)]


def _read_gallery(value: Any, found: TextFacts) -> None:
    found.allowed.append(value["title"])
    for picture in value["pictures"]:
        _read_picture(picture, found)


_READERS = {
    "paragraph": _read_paragraph,
    "heading": _read_heading,
    "quote": _read_quote,
    "picture": _read_picture,
    "map": _read_picture,
    "video": _read_video,
    "audio": _read_video,
    "related": _read_related,
    "list": _read_list,
    "infobox": _read_info_box,
    "table": _read_figures,
    "chart": _read_figures,
    "number": _read_figures,
    "contact": _read_figures,
    "correction": _read_figures,
    "gallery": _read_gallery,
}


def _say_picture(picture: Any) -> list[str]:
    names = ("alt_text", "caption", "credit", "title")
    return [str(getattr(picture, name, "") or "") for name in names] if picture else []
