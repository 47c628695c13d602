"""Messages of ingest: reasons are stored as code and facts, and put into the reader's language when shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from funkhaus.ingest.text.subtitles.formats import SUBTITLE_NAMES

TEXTS = {
    # Refused: the file itself is the cause, so trying again does not help.
    "empty": _("The file is empty."),
    "missing": _("The file %(path)s does not exist or is not a file."),
    "playlist": _("This is not a media file but a playlist that points at other files. Upload the media file itself."),
    "web_page": _("This is a web page and not a media file, whatever its name says."),
    "text": _("This is a text file and not a media file, whatever its name says."),
    "picture": _("This is a picture and not a media file."),
    "encrypted": _(
        "Picture or sound of the file are encrypted (copy protection). Get the file from its source without encryption."
    ),
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
    "changed_meanwhile": _("The file %(path)s changed while it was sent. Wait until it is finished and send it again."),
    "server_refused": _("The server refused it: %(detail)s"),
    # Failed: something around the file is the cause, so trying again can help.
    "disk_full": _(
        "There is no space left on the disk. As soon as there is room, the work goes on by itself; nothing that was"
        " finished is lost."
    ),
    "no_ffmpeg": _(
        "The program ffmpeg is missing. Whoever runs the portal finds the path with “funkhaus check”; then try again."
    ),
    "server_away": _("The server %(server)s does not answer (%(detail)s). Started again, the upload goes on."),
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
    "damaged_ends": _(
        "The file was cut in the middle of a picture or sound, as recordings are. It is whole otherwise."
    ),
    "damaged_beside": _("Parts of the file that are not played are damaged, such as a cover picture."),
    "misnamed": _("The file is called %(name)s but is a %(kind)s file. Is it the right one?"),
    "duration_differs": _("The result lasts %(made)s s instead of %(expected)s s (%(what)s). Watch the result."),
    "sound_undecodable": _("The sound (%(codec)s) cannot be decoded; the result is silent."),
    "sound_lost": _("The source has sound, the result has none."),
    "track_undecodable": _("%(count)s sound tracks (%(codec)s) cannot be decoded and are left out."),
    "programmes_left": _("The file holds %(count)s programmes. The one with the largest picture was taken."),
    "clock_joined": _(
        "The clock of the file jumps %(count)s times, as in recordings that were joined. The parts follow each other "
        "without a gap."
    ),
    "sync_lost": _(
        "Picture and sound of the result are %(offset)s ms apart from each other compared with the source. "
        "Watch the result."
    ),
    "track_lost": _("The sound track “%(label)s” could not be converted and is left out."),
    "sound_gaps": _("Of the sound only %(found)s s of %(expected)s s can be decoded; the gaps are silent."),
    "tracks_silent": _("%(count)s mono tracks are silent and are left out."),
    "sound_silent": _("The source has sound, the result is silent. Listen to the result."),
    "picture_black": _("The source has a picture, the result is black. Watch the result."),
    "picture_ends_early": _(
        "The picture ends after %(picture)s s, the sound after %(sound)s s; the last picture stands."
    ),
    "sound_ends_early": _("The sound ends after %(sound)s s, the picture goes on until %(picture)s s."),
    "video_undecodable": _("The picture (%(codec)s) cannot be decoded; the result has only sound."),
    "tracks_carried": _("The subtitles of the file before (%(name)s; %(languages)s) were taken over."),
    # Subtitles.
    "subtitle_empty": _("The subtitle file %(name)s contains no text to show."),
    "subtitle_size": _("The subtitle file %(name)s is larger than subtitles are."),
    "subtitle_long": _(
        "The subtitle file %(name)s has a text of more than %(most)s characters at one time (line %(line)s)."
    ),
    "subtitle_moments": _(
        "In the subtitle file %(name)s, line %(line)s, parts of one paragraph appear and disappear at more than"
        " %(most)s moments. Please cut it into several."
    ),
    "subtitle_set": _(
        "In the subtitle file %(name)s, more than %(most)s subtitles belong to one set (subtitle %(number)s)."
    ),
    "subtitle_format": _(
        "The file %(name)s is no subtitle file that can be read (line %(line)s). Possible are %(formats)s."
    ),
    "subtitle_timing": _("The subtitle file %(name)s has a time that cannot be read in line %(line)s: “%(text)s”."),
    "subtitle_backwards": _("In the subtitle file %(name)s, line %(line)s, the end is before the start."),
    "subtitle_number_timing": _(
        "The subtitle file %(name)s has a time that cannot be read in subtitle %(number)s: “%(text)s”."
    ),
    "subtitle_number_backwards": _("In the subtitle file %(name)s, subtitle %(number)s ends before it starts."),
    "subtitle_language": _("“%(language)s” is not a language code such as de or en-GB."),
    "subtitle_encoding": _("“%(encoding)s” is not an encoding of text that can be read."),
    "subtitle_kind": _("“%(kind)s” is not a kind of text track: subtitles, captions, chapters or descriptions."),
    "subtitle_twice": _("There are two text tracks for %(language)s, %(kind)s."),
    "subtitle_xml": _("The subtitle file %(name)s is no proper XML (line %(line)s: %(reason)s)."),
    "subtitle_doctype": _(
        "The subtitle file %(name)s defines a document type in line %(line)s. Subtitles need none, and it can do harm."
    ),
    "subtitle_other_xml": _("The file %(name)s is XML, but no subtitles: it begins with “%(element)s”."),
    "subtitle_frame_rate": _("The subtitle file %(name)s names a frame rate that cannot be (line %(line)s)."),
    "subtitle_code_table": _("The subtitle file %(name)s uses the code table “%(table)s”, which STL does not have."),
    "subtitle_cut_off": _("The subtitle file %(name)s breaks off in its head. Was the copy interrupted?"),
    "subtitle_pictures": _("The subtitles in %(name)s are pictures. Please upload subtitles as text."),
    "chapter_line": _("Line %(line)s of %(name)s is no chapter such as “00:01:30 Title”: “%(text)s”."),
    "chapter_order": _("In %(name)s, line %(line)s, the chapter does not begin after the one before."),
    "subtitle_changed": _("Somebody else has changed these subtitles in the meantime."),
    # Text inside of media files.
    "text_pictures": _(
        "The file contains subtitles that are no text or cannot be decoded (%(languages)s). They cannot be taken; "
        "please upload text subtitles."
    ),
    "text_closed_captions": _(
        "The file contains closed captions (CEA-608/708). They cannot be taken; please upload text subtitles."
    ),
    "text_unreadable": _("Subtitles inside the file could not be read (%(languages)s): %(reason)s"),
    "text_forced_left": _("Forced subtitles inside the file were left out (%(languages)s): there are full ones."),
    # Warnings about subtitles: they were taken, and something was put right.
    "subtitle_encoding_guessed": _(
        "%(name)s does not say how its letters are encoded. It was read as %(encoding)s: “%(sample)s”. If that looks"
        " wrong, choose another encoding when you edit the text."
    ),
    "subtitle_bytes_lost": _(
        "%(name)s has %(count)s damaged characters (first at %(first)s). They are marked with �; the rest was taken."
    ),
    "subtitle_start_moved": _("%(name)s counts from %(start)s. The programme's start was moved to zero."),
    "subtitle_order": _("%(name)s: %(count)s cues were not in order of time (first at %(first)s) and were sorted."),
    "subtitle_short": _("%(name)s: %(count)s cues were too short to be seen (first at %(first)s) and were lengthened."),
    "subtitle_overlap": _("%(name)s: %(count)s cues overlap with the one before (first at %(first)s)."),
    "subtitle_beyond": _("%(name)s: %(count)s cues begin after the end of the film (first at %(first)s)."),
    "subtitle_endless": _("%(name)s has cues without an end; they stay for five seconds."),
    "subtitle_pictures_left": _("%(name)s contains pictures besides the text; they were left out."),
    "subtitle_blocks_missing": _(
        "%(name)s is incomplete: it has %(found)s blocks and should have at least %(declared)s. "
        "What is there was taken."
    ),
    "subtitle_characters_lost": _("%(name)s has %(count)s characters that its code table does not know."),
}


def describe_reason(code: str, facts: Mapping[str, Any]) -> str:
    """Return the message of the reason `code` with its facts, in the active language."""
    text = TEXTS.get(code)
    return code if text is None else str(text) % {"formats": SUBTITLE_NAMES, **facts}
