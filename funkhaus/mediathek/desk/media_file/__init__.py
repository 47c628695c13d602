"""Editing pages of one media file: state, preview, subtitles, versions, poster."""
