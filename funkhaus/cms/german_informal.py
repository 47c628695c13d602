"""Turns Wagtail's German into ours when messages are compiled: «du» for «Sie», one style of quotation marks.

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


# What we say instead of Wagtail where its German is wrong or unclear, in any catalogue.
OVERRIDES = Path(__file__).with_name("wagtail_german.po")


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


TAG = re.compile(r"<[^<>]*>")
# An apostrophe within a word is none of these.
STRAIGHT = re.compile(r"""(?<![\w\x00])(["'‚«»])(?=\S)([^"'‘’“«»]+?)(?<=\S)(["'‘’»«])(?!\w)""")


def set_quotes(text: str) -> str:
    """Return the German text with „these“ quotation marks throughout; attributes of tags keep theirs."""
    tags = TAG.findall(text)
    plain = STRAIGHT.sub(r"„\2“", TAG.sub("\x01", text))
    return re.sub("\x01", lambda _found: tags.pop(0), plain)


def list_formal(domain: str) -> Iterator[polib.MOEntry]:
    """Yield the German messages of Wagtail and Django in a domain (`django`, `djangojs`) with the formal address."""
    for entry in list_german(domain):
        if any(FORMAL.search(text) for text in (entry.msgstr, *entry.msgstr_plural.values())):
            yield entry


def list_german(domain: str) -> Iterator[polib.MOEntry]:
    """Yield all German messages of Wagtail and Django in a domain."""
    for package in ("wagtail", "django.conf", "django.contrib.auth"):
        spec = find_spec(package)
        root = Path(spec.origin).parent if spec and spec.origin else Path()
        for path in sorted(root.rglob(f"locale/de/LC_MESSAGES/{domain}.mo")):
            yield from polib.mofile(str(path))


def _improve(text: str) -> str:
    return set_quotes(make_informal(text) if FORMAL.search(text) else text)


def _override(catalog: polib.POFile) -> None:
    """Put our own German in the place of Wagtail's."""
    own = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(OVERRIDES))}
    kept = [entry for entry in catalog if (entry.msgctxt, entry.msgid) not in own]
    catalog[:] = [*kept, *own.values()]


def compile_informal(folder: Path) -> int:
    """Write the turned messages below `folder` unless those of this release are there; return the number of files."""
    stamp = folder / "made-for"
    made_from = f"rules {Path(__file__).stat().st_mtime_ns} own {OVERRIDES.stat().st_mtime_ns}"
    wanted = f"wagtail {version('wagtail')} django {version('django')} {made_from}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return 0
    target = folder / "de" / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    for domain in ("django", "djangojs"):
        catalog = polib.POFile()
        catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        known: set[tuple[str | None, str]] = set()
        for entry in list_german(domain):
            turned = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural)
            turned.msgstr = _improve(entry.msgstr)
            turned.msgstr_plural = {at: _improve(text) for at, text in entry.msgstr_plural.items()}
            key = (entry.msgctxt, entry.msgid)
            if key not in known and (turned.msgstr, turned.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                known.add(key)
                catalog.append(turned)
        if domain == "django":
            _override(catalog)
        part = target / f"{domain}.part"
        catalog.save_as_mofile(str(part))
        part.replace(target / f"{domain}.mo")
    stamp.write_text(wanted, encoding="utf-8")
    return 2
