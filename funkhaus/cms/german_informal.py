"""Turns the formal address of Wagtail's German texts («Sie») into the informal one («du») when messages are compiled.

The texts are rewritten by rules, not kept as a copy: another release of Wagtail brings other sentences, and a test
names those that the rules miss. The result is in the first folder in which Django looks for messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import polib

FORMAL = re.compile(r"\b(?:Sie(?! beinhaltet)|Ihr(?:e|en|em|er|es)?|Ihnen)\b")  # «Sie beinhaltet» is a collection
# «Wählen Sie» is «Wähle»; the first letter in either case.
ORDERS = (
    "aktivieren:aktiviere ändern:ändere beheben:behebe benutzen:benutze deaktivieren:deaktiviere drücken:drücke"
    " entfernen:entferne erhalten:erhalte erstellen:erstelle filtern:filtere fokussieren:fokussiere folgen:folge"
    " fügen:füge geben:gib gehen:geh klicken:klick konfigurieren:konfiguriere kopieren:kopiere korrigieren:korrigiere"
    " laden:lade legen:leg lesen:lies löschen:lösche melden:melde öffnen:öffne schreiben:schreib sehen:sieh"
    " setzen:setze speichern:speichere sperren:sperre trennen:trenne überprüfen:überprüfe vermeiden:vermeide"
    " versuchen:versuche verwenden:verwende wählen:wähle weisen:weise zeichnen:zeichne ziehen:zieh"
)
# «Sie haben», «haben Sie», «dass Sie … haben»: the verb before, behind, or at the end of the clause.
VERBS = (
    "auswählen:auswählst benötigen:benötigst besitzen:besitzt bestätigen:bestätigst betrachten:betrachtest"
    " eingeben:eingibst erstellen:erstellst finden:findest fortfahren:fortfährst haben:hast"
    " können:kannst möchten:möchtest müssen:musst"
    " sehen:siehst sind:bist verfügen:verfügst werden:wirst wollen:willst wurden:wurdest"
)


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_ORDERS, _VERBS = _pairs(ORDERS), _pairs(VERBS)
_FORMS = "|".join(_VERBS)
_LAST = "haben|können|möchten|müssen|wollen"  # behind another verb, as in «erstellen möchten»
_OWN = {"Ihr": "dein", "Ihnen": "dir"}


def make_informal(text: str) -> str:
    """Return the German text with the informal address."""
    text = re.sub(r"\bSi(?:nd|e) Sie (?:sich )?sicher\b", "Sind Sie sicher", text)  # one message lacks its verb
    text = re.sub(r"\b([A-Za-zäöüÄÖÜ]+) Sie( sich)?\b", _turn_order, text)
    text = re.sub(rf"\b({_FORMS}) Sie\b", _turn_question, text, flags=re.IGNORECASE)
    text = re.sub(rf"\bSie\b((?:(?!\bSie\b)[^.,?!:])*? )({_LAST})(?= *(?:[.,?!:)]|$))", _turn_clause, text)
    text = re.sub(rf"\bSie\b([^.,?!:]*?)\b({_FORMS})\b(?![a-zäöüß])", _turn_clause, text)
    text = re.sub(r"\b(an|für) Sie\b", r"\1 dich", text)
    return re.sub(r"\bIhr(?:e|en|em|er|es)?\b|\bIhnen\b", _turn_owner, text)


def _turn_order(found: re.Match[str]) -> str:
    verb = found[1].lower()
    if verb not in _ORDERS:
        return found[0]
    order = _ORDERS[verb]
    return (order.capitalize() if found[1][0].isupper() else order) + (" dich" if found[2] else "")


def _turn_question(found: re.Match[str]) -> str:
    verb = _VERBS[found[1].lower()]
    return f"{verb.capitalize() if found[1][0].isupper() else verb} du"


def _turn_clause(found: re.Match[str]) -> str:
    return f"{_begin('du', found)}{found[1]}{_VERBS[found[2]]}"


def _turn_owner(found: re.Match[str]) -> str:
    word = found[0]
    return _begin(_OWN.get(word) or f"dein{word[3:]}", found)


def _begin(word: str, found: re.Match[str]) -> str:
    """Return the word, capitalized at the beginning of a sentence."""
    before = found.string[: found.start()].rstrip()
    is_first = not before or before[-1] in ".!?:" or (before[-1] == ">" and not re.search(r"\w\s*<\w+>$", before))
    return word.capitalize() if is_first else word


def list_formal(domain: str) -> Iterator[polib.MOEntry]:
    """Yield the German messages of Wagtail and Django in a domain (`django`, `djangojs`) with the formal address."""
    for package in ("wagtail", "django.conf", "django.contrib.auth"):
        spec = find_spec(package)
        root = Path(spec.origin).parent if spec and spec.origin else Path()
        for path in sorted(root.rglob(f"locale/de/LC_MESSAGES/{domain}.mo")):
            for entry in polib.mofile(str(path)):
                if any(FORMAL.search(text) for text in (entry.msgstr, *entry.msgstr_plural.values())):
                    yield entry


def compile_informal(folder: Path) -> int:
    """Write the turned messages below `folder` unless those of this release are there; return the number of files."""
    stamp = folder / "made-for"
    wanted = f"wagtail {version('wagtail')} django {version('django')} rules {Path(__file__).stat().st_mtime_ns}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return 0
    target = folder / "de" / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    for domain in ("django", "djangojs"):
        catalog = polib.POFile()
        catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        for entry in list_formal(domain):
            turned = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural)
            turned.msgstr = make_informal(entry.msgstr)
            turned.msgstr_plural = {at: make_informal(text) for at, text in entry.msgstr_plural.items()}
            if turned not in catalog:
                catalog.append(turned)
        part = target / f"{domain}.part"
        catalog.save_as_mofile(str(part))
        part.replace(target / f"{domain}.mo")
    stamp.write_text(wanted, encoding="utf-8")
    return 2
