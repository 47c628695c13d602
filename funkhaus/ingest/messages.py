"""Every reason that ingest gives, by code: stored as a code with its facts, told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

TEXTS = {
    # Refused: the file itself is the cause, so trying again does not help.
    "empty": _("The file is empty."),
    "missing": _("The file %(path)s does not exist or is not a file."),
    "playlist": _("This is not a media file but a playlist that points at other files. Upload the media file itself."),
    "web_page": _("This is a web page and not a media file, whatever its name says."),
    "text": _("This is a text file and not a media file, whatever its name says."),
    "picture": _("This is a picture and not a media file."),
    "not_media": _("This is not a video or audio file that can be read."),
    "no_index": _("The file is incomplete: its table of contents is missing. Did the upload or the copy break off?"),
    "no_streams": _("The file contains neither picture nor sound."),
    "not_decodable": _("Neither picture nor sound of the file can be decoded (%(codecs)s)."),
    "picture_size": _("The picture measures %(width)s × %(height)s; from 16 to 8192 pixels a side are possible."),
    "too_short": _("The file contains less than a tenth of a second."),
    "too_long": _("The file lasts %(hours)s hours; up to %(most)s hours are possible. Cut it into parts."),
    "too_thin": _("The file says that it lasts %(minutes)s minutes but holds only %(size)s kB: that is no programme."),
    "too_many_streams": _("The file contains %(count)s streams; up to %(most)s are possible."),
    "too_demanding": _("Reading the file took too much time or memory; it is probably damaged."),
    # Failed: something around the file is the cause, so trying again can help.
    "disk_full": _("There is no space left on the disk. Make room and try again; nothing that was finished is lost."),
    "no_ffmpeg": _("The program ffmpeg is missing (%(path)s). Install it or correct FUNKHAUS_FFMPEG, then try again."),
    "original_missing": _("The stored source file is missing."),
    "source_growing": _("The file changed while it was read: somebody is still writing it. Trying again soon."),
    "ffmpeg_failed": _("The conversion failed: %(detail)s"),
    "ffmpeg_killed": _("The conversion was ended from outside (signal %(signal)s)."),
    "ffmpeg_stuck": _("The conversion made no progress for minutes and was stopped."),
    "interrupted": _("The work was interrupted %(attempts)s times and is not tried again by itself."),
    "cancelled": _("The work was cancelled."),
    "unexpected": _("An unexpected error happened (%(detail)s). The log says more."),
    # Warnings: it was published, and somebody should look at it.
    "cut_short": _("The file should last %(claimed)s s but contains only %(found)s s. It is probably incomplete."),
    "damaged": _("The file has damaged places (%(count)s errors while reading). Watch the result."),
    "misnamed": _("The file is called %(name)s but is a %(kind)s file. Is it the right one?"),
    "duration_differs": _("The result lasts %(made)s s instead of %(expected)s s (%(what)s). Watch the result."),
    "sound_undecodable": _("The sound (%(codec)s) cannot be decoded; the result is silent."),
    "sound_lost": _("The source has sound, the result has none."),
    "track_undecodable": _("%(count)s sound tracks (%(codec)s) cannot be decoded and are left out."),
    "track_lost": _("The sound track “%(label)s” could not be converted and is left out."),
    "sound_gaps": _("Of the sound only %(found)s s of %(expected)s s can be decoded; the gaps are silent."),
    "sound_silent": _("The source has sound, the result is silent. Listen to the result."),
    "picture_black": _("The source has a picture, the result is black. Watch the result."),
    "picture_ends_early": _(
        "The picture ends after %(picture)s s, the sound after %(sound)s s; the last picture stands."
    ),
    "sound_ends_early": _("The sound ends after %(sound)s s, the picture goes on until %(picture)s s."),
    "video_undecodable": _("The picture (%(codec)s) cannot be decoded; the result has only sound."),
    # Subtitles.
    "subtitle_empty": _("The subtitle file %(name)s is empty."),
    "subtitle_size": _("The subtitle file %(name)s is larger than subtitles are."),
    "subtitle_format": _("The subtitle file %(name)s is neither WebVTT nor SRT (line %(line)s)."),
    "subtitle_timing": _("The subtitle file %(name)s has a time that cannot be read in line %(line)s: “%(text)s”."),
    "subtitle_backwards": _("In the subtitle file %(name)s, line %(line)s, the end is not after the start."),
    "subtitle_language": _("“%(language)s” is not a language code such as de or en-GB."),
    "subtitle_kind": _("“%(kind)s” is not a kind of text track: subtitles, captions, chapters or descriptions."),
    "subtitle_twice": _("There are two text tracks for %(language)s, %(kind)s."),
}


def tell(code: str, facts: Mapping[str, Any]) -> str:
    """Put the reason `code` with its facts in words of the active language."""
    text = TEXTS.get(code)
    return code if text is None else str(text) % dict(facts)
