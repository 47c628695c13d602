"""The editing pages say «du», Wagtail's own sentences too."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real

from funkhaus.accounts.models import User
from funkhaus.cms.german_informal import FORMAL, list_formal, make_informal, set_quotes
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_section
from tests.site import ensure_site


@pytest.mark.parametrize(
    ("formal", "informal"),
    [
        ("Wählen Sie eine Aufgabe aus", "Wähle eine Aufgabe aus"),
        ("Bitte geben Sie Ihr Passwort ein", "Bitte gib dein Passwort ein"),
        ("Sind Sie sich sicher, dass Sie es löschen möchten?", "Bist du sicher, dass du es löschen möchtest?"),
        ("Das, was Sie erstellen möchten.", "Das, was du erstellen möchtest."),
        ("Sie haben noch keine. Legen Sie eine an.", "Du hast noch keine. Leg eine an."),
        ("Gesperrt von <b>Ihnen</b>", "Gesperrt von <b>dir</b>"),
        ("<p>Ihre Seiten</p>", "<p>Deine Seiten</p>"),
        ("Ein Link wurde an Sie versandt.", "Ein Link wurde an dich versandt."),
        ("Diese Sammlung ist nicht leer. Sie beinhaltet:", "Diese Sammlung ist nicht leer. Sie beinhaltet:"),
    ],
)
def test_a_sentence_is_turned(formal: str, informal: str) -> None:
    assert make_informal(formal) == informal


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_no_sentence_of_wagtail_is_left_behind(domain: str) -> None:
    """A new release may bring a verb that the rules do not know: it is named here."""
    texts = [text for entry in list_formal(domain) for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert texts
    half = re.compile(r"\bdu\b[^.,?!:]*(?<!zu )\b(?:haben|können|möchten|müssen|wollen)\b(?! du)|\b[Dd]u sich\b")
    turned = [make_informal(text) for text in texts]
    assert [text for text in turned if FORMAL.search(text) or half.search(text)] == []


@pytest.mark.django_db
def test_no_page_of_the_desk_is_formal(client: Client) -> None:
    ensure_site()
    door = unescape(client.get("/redaktion/login/").content.decode())
    client.force_login(User.objects.create_superuser("edda", password="edda"))
    section = make_section()
    article, liveblog = make_article(section), make_liveblog(section)
    pages = [
        reverse(f"wagtailadmin_pages:{name}", args=[article.pk]) for name in ("edit", "delete", "unpublish", "copy")
    ]
    pages += [reverse("wagtailadmin_pages:add", args=["newsroom", "articlepage", section.pk])]
    pages += [
        reverse("wagtailadmin_explore", args=[section.pk]),
        reverse("wagtailadmin_pages:history", args=[article.pk]),
    ]
    pages += [
        reverse(name) for name in ("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_javascript_catalog")
    ]
    pages += [reverse(name) for name in ("wagtailimages:index", "wagtailimages:add_multiple", "wagtaildocs:index")]
    pages += [f"/redaktion/{path}/" for path in ("mediathek/videos", "mediathek/videos/add", "regale", "regale/add")]
    pages += [f"/redaktion/meldungen/{liveblog.pk}/liveblog/", f"/redaktion/meldungen/{article.pk}/eil/"]
    shown = {"login": door} | {page: _read(client, page) for page in pages}
    found = {
        page: re.findall(
            rf".{{0,40}}(?:{FORMAL.pattern}).{{0,60}}", re.sub(r"<(?:script|style)\b.*?</\w+>", "", text, flags=re.S)
        )
        for page, text in shown.items()
    }
    assert {page: words for page, words in found.items() if words} == {}


def _read(client: Client, page: str) -> str:
    answer = client.get(page, follow=True)
    assert answer.status_code == 200, page
    return unescape(answer.content.decode()).replace("Sie stehen auch in Übersichten", "")  # «they», a help of ours


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Seite ‚%(page_title)s‘ erstellt.", "Seite „%(page_title)s“ erstellt."),
        ("%(model_name)s '%(object)s' wartet.", "%(model_name)s „%(object)s“ wartet."),
        ('Seiten vom Typ "%(type)s"', "Seiten vom Typ „%(type)s“"),
        ("Keine in '<span class=\"w\">%(title)s</span>'.", 'Keine in „<span class="w">%(title)s</span>“.'),
        ('<a href="%(url)s">eins</a> oder zwei', '<a href="%(url)s">eins</a> oder zwei'),
        ("Wie geht's, und wie war's?", "Wie geht's, und wie war's?"),
    ],
)
def test_quotation_marks_are_german(written: str, shown: str) -> None:
    assert set_quotes(written) == shown


BAD = re.compile(r"(?<!JSON)-Objekt\b|[Gg]o-?[Ll]ive|\b[Ll]ive\b|grösse|Wagtail-Installation|Admin-Interface|\bRoot\b")
OLD_MARKS = re.compile(r"[«»‚]|(?<![\w=])[\"'](?:%\(|\{)")


def test_what_the_desk_says_is_german_throughout() -> None:
    """The merged catalogue, as Django reads it: Wagtail's, Django's and ours."""
    merged: dict[object, str] = {}
    for catalog in reversed(trans_real.translation("de")._catalog._catalogs):  # type: ignore[attr-defined]
        merged |= catalog
    texts = [str(text) for key, text in merged.items() if key]
    assert len(texts) > 3000
    assert [text for text in texts if BAD.search(text)] == ["Live"]  # a liveblog that is running
    assert [text for text in texts if OLD_MARKS.search(re.sub(r"<[^<>]*>", "", text))] == []
