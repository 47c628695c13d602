"""The history of acts on the media files of a video, read from the rows that `audit.log` writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from funkhaus.ingest.models import JobPriority, TextTrackKind
from funkhaus.ingest.selectors import describe_reason
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.protection_words import describe_decision, describe_windows
from funkhaus.mediathek.models import VersionKind, Video
from funkhaus.mediathek.playable.playables import name_language

MOST: Final = 200  # rows; far more than a video usually has, so that one page stays bounded
Data = Mapping[str, Any]


@dataclass(frozen=True)
class MediaAct:
    """An act on a media file: its moment, its description in the active language, its actor (empty: unknown)."""

    at: datetime
    what: str
    who: str


def list_acts(video: Video, *, since: datetime | None = None, until: datetime | None = None) -> tuple[MediaAct, ...]:
    """Return the acts from `since` on and before `until`, newest first, at most `MOST` of them (one query)."""
    entries = ModelLogEntry.objects.for_instance(video).filter(action__in=[act.value for act in Act])
    if since is not None:
        entries = entries.filter(timestamp__gte=since)
    if until is not None:
        entries = entries.filter(timestamp__lt=until)
    newest = entries.select_related("user").order_by("-timestamp", "-pk")[:MOST]
    return tuple(MediaAct(one.timestamp, describe_act(Act(one.action), one.data), _name_actor(one)) for one in newest)


def _name_actor(entry: ModelLogEntry) -> str:
    name = str(entry.user_display_name) if entry.user_id else str(entry.data.get("by", ""))
    if entry.action == Act.FILE_SUCCEED and name:
        return _("by itself, as %(name)s had asked") % {"name": name}
    return name


def describe_act(act: Act, data: Data) -> str:
    """Return the description of an act with the data of its row, in the active language."""
    return _WORDS[act](data)


def _describe_in(data: Data) -> str:
    return _("Media file came in: %(new)s") % {"new": _name(data["after"])}


def _describe_replacement(data: Data) -> str:
    names = _name_both(data)
    if data["before"] is None:
        text = _("Media file given: %(new)s") % names
    elif data["waits"]:
        text = _("Media file is to be replaced: %(new)s waits until it is ready, until then %(old)s stays") % names
    else:
        text = _("Media file replaced: %(new)s instead of %(old)s") % names
    if data["dropped"]:
        text += "; " + _("%(file)s, which waited, is dropped") % {"file": _name(data["dropped"])}
    return text


def _describe_succession(data: Data) -> str:
    if data["before"] is None:
        return _("Media file %(new)s was ready and plays from now on") % _name_both(data)
    return _("Media file replaced: %(new)s was ready and took the place of %(old)s") % _name_both(data)


def _describe_drop(data: Data) -> str:
    if data["after"] is None:
        return _("Replacement dropped: %(old)s") % _name_both(data)
    return _("Replacement dropped: %(old)s; %(new)s stays") % _name_both(data)


def _describe_version_in(data: Data) -> str:
    names = _name_both(data) | {"draft": data["draft"]["title"]}
    if data["before"]:
        return _("Version replaced: %(new)s from the draft “%(draft)s” instead of %(old)s") % names
    return _("Version taken in: %(new)s from the draft “%(draft)s”") % names


def _describe_version_out(data: Data) -> str:
    return _("Version taken out: %(old)s") % {"old": _name(data["before"])}


def _describe_texts_in(data: Data) -> str:
    return _("Text of %(file)s added or replaced: %(tracks)s") % _name_tracks(data)


def _describe_texts_edited(data: Data) -> str:
    return _("Text of %(file)s edited: %(tracks)s") % _name_tracks(data)


def _describe_texts_out(data: Data) -> str:
    return _("Text of %(file)s removed: %(tracks)s") % _name_tracks(data)


def _describe_poster(data: Data) -> str:
    names = {"file": _name(data["on"]), "new": _name_moment(data["after"])}
    if data["before"] is None:
        return _("Still of %(file)s chosen at %(new)s") % names
    return _("Still of %(file)s chosen at %(new)s instead of %(old)s") % (names | {"old": _name_moment(data["before"])})


def _describe_acceptance(data: Data) -> str:
    warnings = " ".join(describe_reason(code, facts) for code, facts in data["warnings"])
    return _("Warnings of %(file)s accepted: %(warnings)s") % {"file": _name(data["on"]), "warnings": warnings}


def _describe_cancellation(data: Data) -> str:
    return _("Preparation of %(file)s cancelled") % {"file": _name(data["on"])}


def _describe_priority(data: Data) -> str:
    names = dict(JobPriority.choices)
    new, old = (names.get(data[when], data[when]) for when in ("after", "before"))
    told = {"file": _name(data["on"]), "new": new, "old": old}
    return _("Priority of the preparation of %(file)s: %(new)s instead of %(old)s") % told


def _describe_retry(data: Data) -> str:
    return _("Preparation of %(file)s started again") % {"file": _name(data["on"])}


def _describe_wish(_data: Data) -> str:
    return _("To be published by itself, as soon as the media file may be")


def _describe_wish_back(_data: Data) -> str:
    return _("Not to be published by itself any more")


def _describe_take_down(data: Data) -> str:
    return _("Taken down at once: %(reason)s") % {"reason": data["reason"]}


def _describe_release(data: Data) -> str:
    return _("Released again: public as before") if data["live"] else _("Released again: not public")


def _name(file: Data) -> str:
    """Return the name of a media file in quotation marks, with its version unless that is the original."""
    name = _("“%(name)s”") % {"name": file["file"]} if "file" in file else ""
    kind = file.get("version", VersionKind.ORIGINAL)
    if kind == VersionKind.ORIGINAL:
        return name
    version = f"{dict(VersionKind.choices).get(kind, kind)} ({name_language(file['language'])})"
    return f"{version}, {name}" if name else version


def _name_both(data: Data) -> dict[str, str]:
    return {which: _name(data[when]) if data[when] else "" for which, when in (("new", "after"), ("old", "before"))}


def _name_tracks(data: Data) -> dict[str, str]:
    kinds = dict(TextTrackKind.choices)
    named = [f"{kinds.get(one['kind'], one['kind'])} ({name_language(one['language'])})" for one in data["tracks"]]
    return {"file": _name(data["on"]), "tracks": ", ".join(named)}


def _name_moment(at_ms: int) -> str:
    return f"{number_format(at_ms / 1000, decimal_pos=2)} s"


_WORDS: Final[dict[Act, Callable[[Data], str]]] = {
    Act.FILE_IN: _describe_in,
    Act.FILE_REPLACE: _describe_replacement,
    Act.FILE_SUCCEED: _describe_succession,
    Act.FILE_DROP: _describe_drop,
    Act.VERSION_IN: _describe_version_in,
    Act.VERSION_OUT: _describe_version_out,
    Act.TEXT_IN: _describe_texts_in,
    Act.TEXT_EDIT: _describe_texts_edited,
    Act.TEXT_OUT: _describe_texts_out,
    Act.POSTER: _describe_poster,
    Act.WARNINGS_ACCEPT: _describe_acceptance,
    Act.JOB_CANCEL: _describe_cancellation,
    Act.JOB_PRIORITY: _describe_priority,
    Act.JOB_RETRY: _describe_retry,
    Act.RATING: describe_decision,
    Act.WINDOWS: describe_windows,
    Act.WISH: _describe_wish,
    Act.WISH_BACK: _describe_wish_back,
    Act.TAKE_DOWN: _describe_take_down,
    Act.RELEASE: _describe_release,
}
