"""Which pages there are to take, with what the demo does not show by itself. Runs inside the house, prints JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

GONE = "/start/nachrichten/zurueckgezogen/"
ERRORS = {"403": "Nicht erlaubt", "500": "Fehler bei uns", "503": "Gleich zurück"}


def main(editor: str, password: str) -> None:
    """Complete the demo and print one row for every page: name, title, path, what to do there, HTML of its own."""
    import django

    django.setup()
    _make_editor(editor, password)
    _add_what_is_missing()
    rows = [*_list_newsroom(), *_list_mediathek(), *_list_kids(), *_list_editing(), *_list_errors()]
    print(json.dumps(rows))


def _row(name: str, title: str, path: str, act: str = "", html: str = "") -> dict[str, str]:
    return {"name": name, "title": title, "path": path, "act": act, "html": html}


def _make_editor(name: str, password: str) -> None:
    from django.contrib.auth import get_user_model

    model = get_user_model()
    user = model.objects.filter(username=name).first() or model(username=name)
    user.is_superuser = user.is_staff = True
    user.set_password(password)
    user.save()


def _add_what_is_missing() -> None:
    """Author, topic, correction, a story that was taken down, a video that has ended: each only where there is none."""
    from django.utils import timezone

    from funkhaus.mediathek.models import AvailabilityWindow, Video
    from funkhaus.newsroom.models import ArticlePage, Author, Correction, NewsIndexPage, TopicPage, Withdrawal

    article = ArticlePage.objects.live().order_by("pk").first()
    if article is None:
        return
    if not Author.objects.exists():
        author = Author.objects.create(name="Ada Sörensen", slug="ada-soerensen", role="Reporterin für Hafen und Küste")
        article.authors.add(author)
        article.save()
    if not TopicPage.objects.live().exists():
        topic = TopicPage(title="Der Lotsenturm", slug="lotsenturm", introduction="Alles über das Licht am Fluss.")
        NewsIndexPage.objects.get().add_child(instance=topic)
        article.topics.add(topic)
        article.save()
    if not Correction.objects.exists():
        Correction.objects.create(
            article=article, subject=article.title, was_wrong="Hier stand: seit zwölf Jahren.", is_right="Es sind elf."
        )
    if not Withdrawal.objects.filter(url_path=GONE).exists():
        Withdrawal.objects.create(url_path=GONE, reason="error", note="Es war falsch.")
    if not Video.objects.filter(slug="sturmnacht").exists():
        then = timezone.now() - timedelta(days=40)
        video = Video.objects.create(title="Sturmnacht", slug="sturmnacht", live=True, first_published_at=then)
        AvailabilityWindow.objects.create(video=video, starts_at=then, contract_ends_at=then + timedelta(days=30))


def _list_newsroom() -> list[dict[str, str]]:
    from funkhaus.newsroom.models import ArticlePage, Author, LiveblogPage, SectionPage, TopicPage

    plain = ArticlePage.objects.live().filter(liveblogpage=None)
    rows = [_row("home", "Startseite", "/"), _row("news", "Nachrichten", "/nachrichten/")]
    for name, title, found in (
        ("section", "Ressort", SectionPage.objects.live()),
        ("article", "Artikel", plain),
        ("liveblog", "Liveblog", LiveblogPage.objects.live()),
        ("topic", "Thema", TopicPage.objects.live()),
    ):
        page = found.order_by("pk").first()
        rows += [_row(name, title, page.url)] if page else []
    author = Author.objects.order_by("pk").first()
    rows += [_row("author", "Autorin", f"/autoren/{author.slug}/")] if author else []
    return [*rows, _row("corrections", "Korrekturen", "/korrekturen/"), _row("standing", "Seite", "/impressum/")]


def _list_mediathek() -> list[dict[str, str]]:
    from django.utils import timezone

    from funkhaus.mediathek.models import Genre, Person, Show, Video

    def path(video: Any) -> str:
        return f"/video/{video.public_id}-{video.slug}/"

    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    free = Video.objects.get(slug="morgen-am-kai")
    limited = Video.objects.filter(live=True, age_rating="16").first() or free
    ended = Video.objects.get(slug="sturmnacht")
    show = Show.objects.filter(live=True, is_for_kids=False).order_by("pk")[0]
    lists = (
        ("new", "Neu", "neu"),
        ("films", "Filme", "filme"),
        ("audio", "Audio", "audio"),
        ("genres", "Genres", "genres"),
        ("access", "Barrierefrei", "barrierefrei"),
    )
    rows = [_row("shows", "Sendungen A–Z", "/sendungen/")]
    rows += [_row(name, title, f"/{part}/") for name, title, part in lists]
    genre, person = Genre.objects.first(), Person.objects.first()
    rows += [_row("genre", "Genre", f"/genres/{genre.slug}/")] if genre else []
    rows += [_row("person", "Person", f"/personen/{person.public_id}-{person.slug}/")] if person else []
    return [
        *rows,
        _row("missed", "Verpasst?", f"/verpasst/?tag={yesterday}"),
        _row("ending", "Letzte Chance", "/letzte-chance/"),
        _row("search", "Suche", "/suche/?q=tidenzeit"),
        _row("search-nothing", "Suche ohne Treffer", "/suche/?q=donaudampfschifffahrtsgesellschaft"),
        _row("show", "Sendung", f"/sendungen/{show.public_id}-{show.slug}/"),
        _row("video", "Video", path(free)),
        _row("video-playing", "Video, spielend", path(free), "play"),
        _row("video-refused", "Video, verweigert", path(limited), "play"),
        _row("video-ended", "Video, abgelaufen", path(ended)),
        _row("embed", "Eingebettet", f"/embed/{free.public_id}/"),
    ]


def _list_kids() -> list[dict[str, str]]:
    from funkhaus.mediathek.models import Show, Video

    video = Video.objects.filter(live=True, is_for_kids=True, show__is_for_kids=True).first()
    show = Show.objects.filter(live=True, is_for_kids=True).first()
    rows = [_row("kids", "Kinder", "/kinder/"), _row("kids-leave", "Kinder: hinaus?", "/kinder/verlassen/")]
    rows += [_row("kids-show", "Kinder: Sendung", f"/kinder/sendung/{show.public_id}-{show.slug}/")] if show else []
    rows += [_row("kids-video", "Kinder: Video", f"/kinder/video/{video.public_id}-{video.slug}/")] if video else []
    return rows


def _list_editing() -> list[dict[str, str]]:
    from funkhaus.mediathek.models import Video
    from funkhaus.newsroom.models import ArticlePage

    article = ArticlePage.objects.live().order_by("pk")[0]
    video = Video.objects.get(slug="morgen-am-kai")
    return [
        _row("login", "Anmeldung", "/redaktion/login/"),
        _row("desk", "Redaktion", "/redaktion/", "edit"),
        _row("desk-article", "Redaktion: Artikel", f"/redaktion/pages/{article.pk}/edit/", "edit"),
        _row("desk-video", "Redaktion: Video", f"/redaktion/mediathek/videos/edit/{video.pk}/", "edit"),
        _row("desk-samples", "Redaktion: Bausteine", "/redaktion/bausteine/", "edit"),
    ]


def _list_errors() -> list[dict[str, str]]:
    from django.conf import settings
    from django.contrib.auth.models import AnonymousUser
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.utils import translation

    request = RequestFactory().get("/")
    request.user, request.LANGUAGE_CODE = AnonymousUser(), "de"  # type: ignore[attr-defined]
    rows = [
        _row("404", "Nicht gefunden", "/gibt-es-nicht/"),
        _row("410", "Zurückgezogen", "/nachrichten/zurueckgezogen/"),
    ]
    with translation.override("de"):
        for code, title in ERRORS.items():
            bare = code != "403"
            html = render_to_string(f"{code}.html", {"station": settings.STATION}, None if bare else request)
            rows.append(_row(code, title, f"/fehler-{code}/", html=html))
    return rows
